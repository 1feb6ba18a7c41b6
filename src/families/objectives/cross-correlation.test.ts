import { describe, expect, test } from 'vitest';
import { copied, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  describeObjectiveLaws,
  distanceBetween,
  partnersOfTwo,
} from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { crossCorrelation } from './cross-correlation.ts';

/** Eq. (1) and (2) of the paper, by the correlation coefficients of columns. */
function byDefinition({ data, cols: d }: Matrix, a: number[], b: number[], lambda: number) {
  const standardized = (rows: number[], c: number) => {
    const values = rows.map((i) => data[i * d + c]);
    const mean = values.reduce((s, x) => s + x, 0) / values.length;
    const length = Math.hypot(...values.map((x) => x - mean));
    return values.map((x) => (x - mean) / length);
  };
  let loss = 0;
  for (let c = 0; c < d; c++) {
    for (let e = 0; e < d; e++) {
      const [x, y] = [standardized(a, c), standardized(b, e)];
      const r = x.reduce((s, value, i) => s + value * y[i], 0);
      loss += c === e ? (1 - r) ** 2 : lambda * r * r;
    }
  }
  return loss;
}

describe('crossCorrelation', () => {
  const partners = Int32Array.of(4, 5, 6, 7, 0, 1, 2, 3);
  const [first, second] = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ];

  test('is Eq. (1) of the correlations of the columns', async () => {
    const points = uniformRows(8, 3, 2);
    const { loss } = await crossCorrelation(points, { epsilon: 1e-12 }, { partners });
    expect(loss).toBeCloseTo(byDefinition(points, first, second, 5e-3), 9);
  });

  test('of opposite views is 4 for every column', async () => {
    const views = uniformRows(8, 3, 1);
    for (const i of first) {
      for (let c = 0; c < 3; c++) views.data[(i + 4) * 3 + c] = -views.data[i * 3 + c];
    }
    const { loss } = await crossCorrelation(views, { lambda: 0, epsilon: 1e-12 }, { partners });
    expect(loss).toBeCloseTo(12, 9);
  });

  test('of columns that do not vary is 1 for every column, without force', async () => {
    const same = fromRows(Array.from({ length: 8 }, () => [0, 1, 0]));
    const { loss, gradient } = await crossCorrelation(same, {}, { partners });
    expect(loss).toBe(3);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });

  test('does not change when columns of a view are shifted and scaled', async () => {
    const points = uniformRows(8, 3, 5);
    const moved = copied(points);
    for (const i of second) {
      for (let c = 0; c < 3; c++) moved.data[i * 3 + c] = 7 + (2 + c) * points.data[i * 3 + c];
    }
    const options = { epsilon: 1e-12 };
    const { loss } = await crossCorrelation(points, options, { partners });
    const { loss: again, gradient } = await crossCorrelation(moved, options, { partners });
    expect(again).toBeCloseTo(loss, 9);
    // So nothing pushes a column as a whole, nor along itself.
    for (let c = 0; c < 3; c++) {
      const slopes = second.map((i) => gradient.data[i * 3 + c]);
      const values = second.map((i) => moved.data[i * 3 + c]);
      expect(slopes.reduce((s, x) => s + x, 0)).toBeCloseTo(0, 11);
      expect(slopes.reduce((s, x, i) => s + x * values[i], 0)).toBeCloseTo(0, 9);
    }
  });

  test('the starts are the second view where rows have no partners', async () => {
    const points = uniformRows(4, 3, 1);
    const start = uniformRows(4, 3, 2);
    const both = { ...points, rows: 8, data: Float64Array.of(...points.data, ...start.data) };
    const wanted = await crossCorrelation(both, {}, { partners });
    const { loss, gradient } = await crossCorrelation(points, {}, { start });
    expect(loss).toBe(wanted.loss);
    const moved = { ...points, data: wanted.gradient.data.subarray(0, 12) };
    expect(distanceBetween(gradient, moved)).toBe(0);
  });

  test('independent columns in many rows come near 0 with themselves and near d with others', async () => {
    const [m, d] = [4000, 3];
    const random = Random.fromSeed(1);
    const data = Float64Array.from({ length: 2 * m * d }, () => random.normal());
    const points = { data, rows: 2 * m, cols: d };
    const views = Int32Array.from({ length: 2 * m }, (_, i) => (i + m) % (2 * m));
    const { loss } = await crossCorrelation(points, {}, { partners: views });
    // Each (1 − r)² has mean 1 and standard deviation 2/√m: 5 of them for the sum of three.
    expect(Math.abs(loss - d)).toBeLessThan((5 * 2 * Math.sqrt(d)) / Math.sqrt(m));
  });

  test('refuses a single pair', async () => {
    const points = uniformRows(2, 3, 1);
    await expect(crossCorrelation(points, {}, partnersOfTwo(2))).rejects.toThrow(
      'cross-correlation: correlations need 2 pairs of views; got 1.',
    );
  });

  const laws = { rotationInvariant: false, taylor: { n: 12, d: 4, seed: 1 }, fewest: 4 };
  describeObjectiveLaws(crossCorrelation.bind(), {
    ...laws,
    factsOf: partnersOfTwo,
    orderInvariant: false,
  });
  describeObjectiveLaws(crossCorrelation.bind({ lambda: 1, epsilon: 0.1 }), {
    ...laws,
    needsStart: true,
  });
});
