import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { contextOf, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { taylorRatios } from '../../testing/taylor.ts';
import { neighborEntropy } from './neighbor-entropy.ts';

function inBox(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.uniform()),
    n,
    d,
  );
}

describe('neighborEntropy', () => {
  test('of a simplex is −log(2(d+1)/d), of an orthoplex −log 2', async () => {
    for (const d of [1, 2, 3, 7]) {
      const { loss } = await neighborEntropy(simplex(d));
      expect(loss).toBeCloseTo(-Math.log((2 * (d + 1)) / d), 11);
    }
    expect((await neighborEntropy(orthoplex(3))).loss).toBeCloseTo(-Math.LN2, 11);
  });
  test('falls by 2 log s where everything grows s times', async () => {
    const x = inBox(20, 3, 1);
    const wide = { ...x, data: x.data.map((value) => 5 * value) };
    const [a, b] = await Promise.all([neighborEntropy(x), neighborEntropy(wide)]);
    expect(a.loss - b.loss).toBeCloseTo(2 * Math.log(5), 8);
  });
  test('against a buffer: hand values, and only the row moves', async () => {
    const x = fromRows([
      [0, 0],
      [4, 0],
    ]);
    const buffer = fromRows([
      [1, 0],
      [4, 2],
      [9, 9],
    ]);
    const { loss, gradient } = await neighborEntropy(x, {}, { buffer });
    expect(loss).toBeCloseTo(-Math.log((1 + 4) / 2), 11);
    expect([...gradient.data].map((g) => Math.round(1e9 * g) / 1e9)).toEqual([0.4, 0, 0, 0.8]);
  });
  test('a row that is in the buffer has distance 0 and no force', async () => {
    const x = uniformRows(4, 3, 1);
    const { loss, gradient } = await neighborEntropy(x, { epsilon: 1e-6 }, { buffer: x });
    expect(loss).toBeCloseTo(6 * Math.LN10, 10);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('a larger buffer is nearer: the loss rises', async () => {
    const x = inBox(30, 2, 2);
    const losses: number[] = [];
    for (const m of [10, 100, 1000]) {
      losses.push((await neighborEntropy(x, {}, { buffer: inBox(m, 2, 3) })).loss);
    }
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });
  test('reads as the entropy of an even density: a square of area 9 has ln 9 nats', async () => {
    const x = inBox(3000, 2, 7);
    x.data.forEach((value, e) => {
      x.data[e] = 3 * value;
    });
    const { loss } = await neighborEntropy(x);
    // d = 2: V = π, Γ(2) = 1. At the edge neighbors are farther: too high by a few hundredths.
    expect(Math.abs(Math.log(2999) + Math.log(Math.PI) - loss - Math.log(9))).toBeLessThan(0.06);
  });
  test('the reading holds in one dimension, where Γ(1 + 2/d) is 2: an interval of 5 has ln 5 nats', async () => {
    const x = inBox(3000, 1, 8);
    x.data.forEach((value, e) => {
      x.data[e] = 5 * value;
    });
    const { loss } = await neighborEntropy(x);
    const entropy = Math.log(2999) + Math.log(2) - (loss + Math.log(2)) / 2;
    // The mean of ρ² has a standard error of some 5 %; without Γ the reading is off by 0.35.
    expect(Math.abs(entropy - Math.log(5))).toBeLessThan(0.1);
  });
  test('passes the Taylor check against a buffer', async () => {
    const buffer = uniformRows(9, 4, 11);
    const ratios = await taylorRatios(
      (x, g) => neighborEntropy.bind().lossAndGradient(x, g, { ...contextOf(1), buffer }),
      uniformRows(6, 4, 1),
      uniformRows(6, 4, 2),
    );
    for (const ratio of ratios) expect(ratio).toBeCloseTo(4, 0);
  });
  test('refuses a buffer of other columns, an empty one, and one row without a buffer', async () => {
    const x = uniformRows(3, 2, 1);
    await expect(neighborEntropy(x, {}, { buffer: uniformRows(3, 4, 1) })).rejects.toThrow(
      'neighbor-entropy: expected a buffer of at least one row of 2 columns; got 3 × 4.',
    );
    const empty = matrix(new Float64Array(0), 0, 2);
    await expect(neighborEntropy(x, {}, { buffer: empty })).rejects.toThrow(/got 0 × 2/);
    await expect(neighborEntropy(fromRows([[1, 0]]))).rejects.toThrow(/at least 2 points/);
  });
  describeObjectiveLaws(neighborEntropy.bind());
  describeObjectiveLaws(neighborEntropy.bind({ epsilon: 0.1 }));
});
