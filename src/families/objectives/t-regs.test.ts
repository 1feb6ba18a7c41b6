import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { euclidean } from '../../manifolds/euclidean.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { contextOf, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { riemannianSgd } from '../optimizers/index.ts';
import { tRegs } from './t-regs.ts';

/** The cosines of all pairs of rows. */
function cosines({ data, rows: n, cols: d }: Matrix): number[] {
  return Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n])
    .filter(([i, j]) => j < i)
    .map(([i, j]) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
      return sum;
    });
}

const loss = (points: Matrix, options: { gamma: number; lambda: number }) =>
  tRegs.bind(options).lossAndGradient(points, zerosLike(points), contextOf(0));

describe('tRegs', () => {
  test('of a simplex is −γ d/(d+1) √(2(d+1)/d), of an orthoplex −γ (2d−1)/(2d) √2', async () => {
    for (const d of [1, 2, 3, 7]) {
      const { loss } = await tRegs(simplex(d), { gamma: 1 });
      expect(loss).toBeCloseTo((-d / (d + 1)) * Math.sqrt((2 * (d + 1)) / d), 13);
    }
    const { loss } = await tRegs(orthoplex(3), { gamma: 0.5 });
    expect(loss).toBeCloseTo(-0.5 * (5 / 6) * Math.SQRT2, 13);
  });

  test('of n ≤ d + 1 points is least at a regular simplex (Theorem 4.1)', async () => {
    const objective = tRegs.bind({ gamma: 1 });
    const settings = { steps: 2000, learningRate: 0.1, schedule: 'cosine' } as const;
    for (const [n, d] of [
      [3, 2],
      [5, 4],
      [4, 6],
    ]) {
      const start = uniformRows(n, d, 3);
      const { points } = await riemannianSgd({ objective, manifold: sphere, start }, settings);
      for (const cosine of cosines(points)) expect(cosine).toBeCloseTo(-1 / (n - 1), 5);
    }
  });

  test('off the sphere the pull to length 1 keeps the tree from growing', async () => {
    const objective = tRegs.bind({ gamma: 0.2, lambda: 1 });
    const problem = { objective, manifold: euclidean, start: uniformRows(4, 3, 2) };
    const settings = { steps: 3000, learningRate: 0.1, schedule: 'cosine' } as const;
    const { points } = await riemannianSgd(problem, settings);
    // At a simplex of radius r: γ (n−1)/n √(2n/(n−1)) = 2λ (r − 1).
    const radius = 1 + ((0.2 * 3) / 8) * Math.sqrt(8 / 3);
    for (let i = 0; i < 4; i++) {
      expect(Math.hypot(...points.data.subarray(3 * i, 3 * i + 3))).toBeCloseTo(radius, 2);
    }
  });

  test('rises with the share of columns that collapsed (Figure 3)', async () => {
    const random = Random.fromSeed(1);
    const values = Float64Array.from({ length: 200 * 64 }, () => random.normal() / 8);
    const losses: number[] = [];
    for (const kept of [64, 48, 32, 16, 4]) {
      const points = matrix(
        values.map((x, e) => (e % 64 < kept ? x : 0)),
        200,
        64,
      );
      losses.push(await loss(points, { gamma: 1, lambda: 0 }));
    }
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });

  test('an edge pulls with γ/n at both ends; duplicates have no force', async () => {
    const pair = fromRows([
      [1, 0],
      [0, 1],
    ]);
    const { gradient } = await tRegs(pair, { gamma: 1 });
    expect(gradient.data[1]).toBeCloseTo(0.5 / Math.SQRT2, 14);
    const same = await tRegs(
      fromRows([
        [1, 0],
        [1, 0],
      ]),
    );
    expect(same.loss).toBeCloseTo(0, 15);
    expect(same.gradient.data.every((value) => value === 0)).toBe(true);
  });

  test('of an even line is its length over n, of few rows and of many', async () => {
    for (const n of [2, 100, 2100]) {
      const line = matrix(
        Float64Array.from({ length: n }, (_, i) => (11 * i) % n),
        n,
        1,
      );
      // 11 is prime to n: every place once. Beyond 2048 rows the tree is found another way.
      const { loss, gradient } = await tRegs(line, { gamma: 1, lambda: 0 });
      expect(loss).toBeCloseTo(-(n - 1) / n, 12);
      const pushed = Array.from(gradient.data.keys()).filter((i) => gradient.data[i] !== 0);
      expect(pushed.map((i) => line.data[i]).toSorted((a, b) => a - b)).toEqual([0, n - 1]);
    }
  });

  test('the forces of the tree add up to nothing, at rows of any length', async () => {
    const x = uniformRows(12, 3, 4);
    for (let e = 0; e < 36; e++) x.data[e] *= 1 + (e % 5);
    const { gradient } = await tRegs(x, { gamma: 1, lambda: 0 });
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let i = 0; i < 12; i++) sum += gradient.data[3 * i + c];
      expect(Math.abs(sum)).toBeLessThan(1e-15);
    }
  });

  test('refuses one point', async () => {
    await expect(tRegs(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });

  describeObjectiveLaws(tRegs.bind({ gamma: 1 }));
  describeObjectiveLaws(tRegs.bind());
});
