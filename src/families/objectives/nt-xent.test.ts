import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeObjectiveLaws, partnersOfTwo } from '../../testing/objective-laws.ts';
import { fromRows, simplex, uniformRows } from '../../testing/points.ts';
import { ntXent } from './nt-xent.ts';

const cosine = ({ data, cols: d }: Matrix, i: number, j: number) => {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
  return sum;
};

/** Eq. (1) of the paper as it stands, over rows that have a partner. */
function byDefinition(points: Matrix, partners: Int32Array, tau: number): number {
  const losses = Array.from(partners.entries())
    .filter(([, p]) => p >= 0)
    .map(([i, p]) => {
      let sum = 0;
      for (let k = 0; k < points.rows; k++) {
        if (k !== i) sum += Math.exp(cosine(points, i, k) / tau);
      }
      return -Math.log(Math.exp(cosine(points, i, p) / tau) / sum);
    });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

describe('ntXent', () => {
  test('is the mean of Eq. (1) over both directions', async () => {
    const points = uniformRows(10, 4, 3);
    const partners = Int32Array.from({ length: 10 }, (_, i) => (i + 5) % 10);
    for (const temperature of [0.1, 0.5]) {
      const { loss } = await ntXent(points, { temperature }, { partners });
      expect(loss).toBeCloseTo(byDefinition(points, partners, temperature), 12);
    }
  });

  test('of equal rows is log(n − 1), without force', async () => {
    const points = fromRows(Array.from({ length: 6 }, () => [0, 1, 0]));
    const { loss, gradient } = await ntXent(points, {}, partnersOfTwo(6));
    expect(loss).toBeCloseTo(Math.log(5), 12);
    for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-13);
  });

  test('of equal views at the corners of a simplex is log(1 + 2d exp(−(1 + 1/d)/τ))', async () => {
    const d = 3;
    const things = simplex(d);
    const points = gathered(things, [0, 0, 1, 1, 2, 2, 3, 3]);
    const { loss, gradient } = await ntXent(points, { temperature: 0.5 }, partnersOfTwo(8));
    expect(loss).toBeCloseTo(Math.log(1 + 2 * d * Math.exp(-2 * (1 + 1 / d))), 12);
    // The least: nothing moves on the sphere.
    for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-13);
  });

  test('a row without a partner is a negative of the others and is asked for nothing', async () => {
    const points = uniformRows(5, 3, 1);
    const partners = Int32Array.of(1, 0, -1, 4, 3);
    const { loss } = await ntXent(points, {}, { partners });
    expect(loss).toBeCloseTo(byDefinition(points, partners, 0.1), 12);
  });

  test('without partners the starts are the other views, and do not move', async () => {
    const [n, d] = [4, 3];
    const points = uniformRows(n, d, 1);
    const start = uniformRows(n, d, 2);
    const both = matrix(Float64Array.of(...points.data, ...start.data), 2 * n, d);
    const partners = Int32Array.from({ length: 2 * n }, (_, i) => (i + n) % (2 * n));
    const wanted = await ntXent(both, {}, { partners });
    const { loss, gradient } = await ntXent(points, {}, { start });
    expect(loss).toBe(wanted.loss);
    expect(gradient.data).toEqual(wanted.gradient.data.subarray(0, n * d));
  });

  test('over blocks of rows is what it is at once', async () => {
    // 1100² products are more than one block holds.
    const n = 1100;
    const points = uniformRows(n, 3, 4);
    const partners = Int32Array.from({ length: n }, (_, i) => i ^ 1);
    const { loss, gradient } = await ntXent(points, {}, { partners, engine: referenceEngine });
    expect(loss).toBeCloseTo(byDefinition(points, partners, 0.1), 10);
    // The softmax of row i over k and that of row k over i pull at both.
    const [i, tau] = [n - 1, 0.1];
    const sums = points.data.length / 3;
    const softmax = Array.from({ length: sums }, (_, k) => {
      let sum = 0;
      for (let j = 0; j < n; j++) if (j !== k) sum += Math.exp(cosine(points, k, j) / tau);
      return sum;
    });
    const wanted = new Float64Array(3);
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const e = Math.exp(cosine(points, i, k) / tau);
      const weight = e / softmax[i] + e / softmax[k] - (k === partners[i] ? 2 : 0);
      for (let c = 0; c < 3; c++) wanted[c] += (weight * points.data[k * 3 + c]) / (n * tau);
    }
    const x = points.data.subarray(3 * i, 3 * i + 3);
    const along = wanted.reduce((sum, value, c) => sum + value * x[c], 0);
    wanted.forEach((value, c) => {
      expect(gradient.data[3 * i + c]).toBeCloseTo(value - along * x[c], 12);
    });
  });

  test('refuses what it cannot pair, in a sentence', async () => {
    const points = uniformRows(3, 2, 1);
    await expect(ntXent(points)).rejects.toThrow(
      'nt-xent: the other view of each row is needed; got neither partners nor a start.',
    );
    await expect(ntXent(points, {}, { partners: Int32Array.of(1, 3, -1) })).rejects.toThrow(
      'nt-xent: the partner of row 1 is 3; expected another row, 0 … 2, or −1 for none.',
    );
    await expect(ntXent(points, {}, { partners: Int32Array.of(1, 0) })).rejects.toThrow(
      'nt-xent: expected partners for 3 rows; got 2.',
    );
    await expect(ntXent(points, {}, { partners: new Int32Array(3).fill(-1) })).rejects.toThrow(
      'nt-xent: none of the 3 rows has a partner; expected a pair.',
    );
  });

  test('a minibatch without a pair has no loss and no force', async () => {
    const points = uniformRows(3, 2, 1);
    const gradient = zerosLike(points);
    gradient.data.fill(1);
    const context = { partners: new Int32Array(3).fill(-1), rows: Int32Array.of(4, 5, 6) };
    const { random } = { random: undefined as never };
    const run = { ...context, random, engine: referenceEngine };
    expect(await ntXent.bind().lossAndGradient(points, gradient, run)).toBe(0);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });

  test('rows of lengths so unequal that a softmax vanishes are refused', async () => {
    const points = fromRows([
      [100, 0],
      [0, 1],
      [0, -1],
    ]);
    const run = { engine: referenceEngine, random: undefined as never };
    const context = { ...run, partners: Int32Array.of(1, 0, -1) };
    await expect(ntXent.bind().lossAndGradient(points, zerosLike(points), context)).rejects.toThrow(
      'nt-xent: row 0 is too far from all others; expected unit rows.',
    );
  });

  describeObjectiveLaws(ntXent.bind({ temperature: 0.5 }), { factsOf: partnersOfTwo });
  describeObjectiveLaws(ntXent.bind({ temperature: 0.5 }), { needsStart: true });
});
