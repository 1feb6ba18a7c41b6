import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zeros64, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { contextOf, describeObjectiveLaws, evaluated } from '../../testing/objective-laws.ts';
import { fromRows, simplex, uniformRows } from '../../testing/points.ts';
import { ldreg } from './ldreg.ts';

function normalRows(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

describe('ldreg', () => {
  test('of a pentagon is −ln φ³ in both forms', async () => {
    const angles = Array.from({ length: 5 }, (_, i) => (2 * Math.PI * i) / 5);
    const ring = fromRows(angles.map((a) => [Math.cos(a), Math.sin(a)]));
    for (const form of ['l1', 'l2'] as const) {
      const { loss } = await ldreg(ring, { form, epsilon: 1e-12 });
      expect(loss).toBeCloseTo(-3 * Math.log((1 + Math.sqrt(5)) / 2), 10);
    }
  });
  test('of equal distances is ln ε: the dimension is cut off at 1/ε', async () => {
    const { loss } = await ldreg(simplex(5), { epsilon: 1e-3 });
    expect(loss).toBeCloseTo(Math.log(1e-3), 9);
  });
  test('tells the dimension of normal points within 10 %', async () => {
    // Blind to the edge where k is far below n; the bias of k = 64 is (LID + 1)/k.
    for (const d of [1, 2, 3]) {
      const { loss } = await ldreg(normalRows(3000, d, d));
      const bias = (d + 1) / 64;
      expect(Math.abs(Math.exp(-loss) - bias - d) / d).toBeLessThan(0.1);
    }
  });
  test('does not change with scale, translation or a turn into more columns', async () => {
    const x = normalRows(40, 3, 5);
    const wide = zeros64(40, 6);
    for (let i = 0; i < 40; i++) {
      for (let c = 0; c < 3; c++) wide.data[6 * i + 2 * c] = 7 * x.data[3 * i + c] + 2;
    }
    const [a, b] = await Promise.all([ldreg(x, { k: 10 }), ldreg(wide, { k: 10 })]);
    expect(b.loss).toBeCloseTo(a.loss, 11);
  });
  test('takes k = n − 1 where there are fewer rows than neighbors asked for', async () => {
    const x = normalRows(10, 4, 2);
    expect((await ldreg(x)).loss).toBe((await ldreg(x, { k: 9 })).loss);
    expect((await ldreg(x, { k: 5 })).loss).not.toBe((await ldreg(x)).loss);
  });
  test('without detach the forces add up to nothing; with it only the row itself is moved', async () => {
    // Rows 0 to 2 are near one another, row 3 is far: nobody’s second neighbor.
    const x = fromRows([
      [0, 0],
      [1, 0.3],
      [0.2, 1],
      [9, 8],
    ]);
    const [own, all] = await Promise.all([ldreg(x, { k: 2 }), ldreg(x, { k: 2, detach: false })]);
    for (const c of [0, 1]) {
      const column = [0, 1, 2, 3].map((i) => all.gradient.data[2 * i + c]);
      expect(column.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
      expect(own.gradient.data[6 + c]).toBe(all.gradient.data[6 + c]);
      expect(own.gradient.data[c]).not.toBeCloseTo(all.gradient.data[c], 6);
    }
    expect(own.loss).toBe(all.loss);
  });
  test('with detach a row’s gradient is the slope of its own term', async () => {
    const x = fromRows([
      [0, 0],
      [1, 0.3],
      [0.2, 1],
      [5, 6],
    ]);
    const { gradient } = await ldreg(x, { k: 2 });
    const h = 1e-6;
    for (const c of [0, 1]) {
      const moved = [1, -1].map((sign) => {
        const copy = { ...x, data: x.data.slice() };
        copy.data[6 + c] += sign * h;
        return ldreg(copy, { k: 2 });
      });
      const [up, down] = await Promise.all(moved);
      expect(gradient.data[6 + c]).toBeCloseTo((up.loss - down.loss) / (2 * h), 7);
    }
  });
  test('rows that coincide with all their neighbors have dimension 1 and no force', async () => {
    const same = fromRows([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    const { loss, gradient } = await ldreg(same);
    expect(Math.abs(loss)).toBe(0);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
    expect(Math.abs((await ldreg(same, { form: 'l2' })).loss)).toBe(0);
  });
  test('descent raises the dimension of a thin sheet', async () => {
    const x = uniformRows(30, 6, 3);
    for (let i = 0; i < 30; i++) for (let c = 2; c < 6; c++) x.data[6 * i + c] *= 0.05;
    const objective = ldreg.bind({ k: 8 });
    const before = await objective.lossAndGradient(x, zerosLike(x), contextOf(0));
    const gradient = zerosLike(x);
    for (let step = 0; step < 50; step++) {
      await objective.lossAndGradient(x, gradient, contextOf(0));
      for (let e = 0; e < x.data.length; e++) x.data[e] -= 0.05 * gradient.data[e];
    }
    const after = await objective.lossAndGradient(x, gradient, contextOf(0));
    expect(Math.exp(-after)).toBeGreaterThan(1.3 * Math.exp(-before));
  });
  test('refuses two points', async () => {
    await expect(ldreg(simplex(1))).rejects.toThrow(ShapeError);
    await expect(evaluated(ldreg.bind(), simplex(1))).rejects.toThrow(
      'ldreg: expected at least 3 points; got 2 × 1.',
    );
  });
  describeObjectiveLaws(ldreg.bind(), { fewest: 3, taylor: false });
  describeObjectiveLaws(ldreg.bind({ k: 3, detach: false }), { fewest: 3 });
  describeObjectiveLaws(ldreg.bind({ k: 4, form: 'l2', detach: false }), { fewest: 3 });
});
