import { describe, expect, test } from 'vitest';
import { zerosLike } from '../../core/matrix.ts';
import { contextOf, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { taylorRatios } from '../../testing/taylor.ts';
import { codingRateReduction } from './coding-rate-reduction.ts';

describe('codingRateReduction', () => {
  test('of a tight frame without classes is −(d/2) ln(1 + 1/ε²), without force', async () => {
    for (const d of [1, 2, 3, 7]) {
      for (const frame of [simplex(d), orthoplex(d)]) {
        const { loss, gradient } = await codingRateReduction(frame, { distortion: 0.25 });
        expect(loss).toBeCloseTo(-(d / 2) * Math.log(5), 12);
        expect(Math.max(...gradient.data.map(Math.abs))).toBeLessThan(1e-14);
      }
    }
  });
  test('of one direction is −½ ln(1 + d/ε²)', async () => {
    const same = fromRows([
      [0, 1, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 1, 0],
    ]);
    expect((await codingRateReduction(same)).loss).toBeCloseTo(-0.5 * Math.log(7), 13);
  });
  test('of four classes at four axes is −ln 3 at ε² = ½', async () => {
    const points = fromRows(
      Array.from({ length: 40 }, (_, i) => [0, 1, 2, 3].map((c) => (i % 4 === c ? 1 : 0))),
    );
    const classes = Int32Array.from({ length: 40 }, (_, i) => i % 4);
    const { loss } = await codingRateReduction(points, {}, { classes });
    expect(loss).toBeCloseTo(-Math.log(3), 13);
  });
  test('of one class for all is 0; of none for all, the coding rate alone', async () => {
    const x = uniformRows(9, 4, 3);
    const one = await codingRateReduction(x, {}, { classes: new Int32Array(9) });
    expect(one.loss).toBeCloseTo(0, 14);
    expect(Math.max(...one.gradient.data.map(Math.abs))).toBeLessThan(1e-15);
    const none = await codingRateReduction(x, {}, { classes: new Int32Array(9).fill(-1) });
    expect(none).toEqual(await codingRateReduction(x));
  });
  test('is never above 0: a rate is concave', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const classes = Int32Array.from({ length: 12 }, (_, i) => i % 3);
      const { loss } = await codingRateReduction(uniformRows(12, 5, seed), {}, { classes });
      expect(loss).toBeLessThan(0);
    }
  });
  test('the names of the classes do not matter', async () => {
    const x = uniformRows(6, 3, 1);
    const [a, b] = await Promise.all(
      [Int32Array.of(0, 1, 0, 1, 2, 2), Int32Array.of(70, 5, 70, 5, 6, 6)].map((classes) =>
        codingRateReduction(x, {}, { classes }),
      ),
    );
    expect(b.loss).toBeCloseTo(a.loss, 14);
  });
  test.each([
    [6, 4],
    [10, 3],
  ])('passes the Taylor check with classes at %i × %i', async (n, d) => {
    const classes = Int32Array.from({ length: n }, (_, i) => (i === 0 ? -1 : i % 2));
    const ratios = await taylorRatios(
      (x, g) => codingRateReduction.bind().lossAndGradient(x, g, { ...contextOf(1), classes }),
      uniformRows(n, d, 1),
      uniformRows(n, d, 2),
    );
    for (const ratio of ratios) expect(ratio).toBeCloseTo(4, 0);
  });
  test('descent puts two classes at right angles and keeps them wide', async () => {
    const x = uniformRows(16, 4, 5);
    const classes = Int32Array.from({ length: 16 }, (_, i) => i % 2);
    const objective = codingRateReduction.bind();
    const gradient = zerosLike(x);
    for (let step = 0; step < 400; step++) {
      await objective.lossAndGradient(x, gradient, { ...contextOf(0), classes });
      for (let i = 0; i < 16; i++) {
        let squared = 0;
        for (let e = 4 * i; e < 4 * i + 4; e++) {
          x.data[e] -= 2 * gradient.data[e];
          squared += x.data[e] ** 2;
        }
        for (let e = 4 * i; e < 4 * i + 4; e++) x.data[e] /= Math.sqrt(squared);
      }
    }
    let most = 0;
    for (let i = 0; i < 16; i += 2) {
      for (let j = 1; j < 16; j += 2) {
        let cosine = 0;
        for (let c = 0; c < 4; c++) cosine += x.data[4 * i + c] * x.data[4 * j + c];
        most = Math.max(most, Math.abs(cosine));
      }
    }
    expect(most).toBeLessThan(0.01);
    // Two planes at right angles, each filled: 2 ln 3 − ln 5.
    const { loss } = await codingRateReduction(x, {}, { classes });
    expect(loss).toBeCloseTo(Math.log(5) - 2 * Math.log(3), 3);
  });
  test('classes that do not fit are refused, naming the row', async () => {
    const call = (...classes: number[]) =>
      codingRateReduction(uniformRows(3, 2, 1), {}, { classes: Int32Array.from(classes) });
    await expect(call(0, 1)).rejects.toThrow(
      'coding-rate-reduction: expected a class for each of 3 rows; got 2 classes.',
    );
    await expect(call(0, -2, 1)).rejects.toThrow(
      'coding-rate-reduction: the class of row 1 is -2; expected a whole number from 0, or −1 for none.',
    );
  });
  describeObjectiveLaws(codingRateReduction.bind());
  describeObjectiveLaws(codingRateReduction.bind({ distortion: 0.01 }), {
    taylor: { n: 9, d: 3, seed: 4 },
  });
});
