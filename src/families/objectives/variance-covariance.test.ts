import { describe, expect, test } from 'vitest';
import { zeros64 } from '../../core/matrix.ts';
import { objective } from '../../learning/operations/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import { varianceCovariance } from './variance-covariance.ts';

const none = { variance: 0, covariance: 0, invariance: 0 };

describe('varianceCovariance', () => {
  test('of a rectangle: the hinge of the short side, no covariance', async () => {
    // Sides 4 and 1: variances 16/3 and 1/3 over n − 1.
    const corners = fromRows([
      [2, 0.5],
      [2, -0.5],
      [-2, 0.5],
      [-2, -0.5],
    ]);
    const { loss, gradient } = await varianceCovariance(corners, { epsilon: 1e-12 });
    const deviation = Math.sqrt(1 / 3);
    expect(loss).toBeCloseTo((25 * (1 - deviation)) / 2, 9);
    expect(gradient.data[0]).toBe(0);
    expect(gradient.data[1]).toBeCloseTo((-25 * 0.5) / (2 * 3 * deviation), 9);
  });
  test('of two equal coordinates: covariance squared, twice over d', async () => {
    const line = fromRows([
      [1, 1],
      [0, 0],
      [-1, -1],
    ]);
    const { loss } = await varianceCovariance(line, { ...none, covariance: 1 });
    expect(loss).toBeCloseTo((2 * 1 ** 2) / 2, 14);
  });
  test('of a centred tight frame on the sphere is 0 where n/(n − 1) ≥ 1: units of 1/√d', async () => {
    for (const d of [2, 3, 7]) expect((await varianceCovariance(orthoplex(d))).loss).toBe(0);
    // Off the sphere the same rows have too little spread.
    const half = orthoplex(3);
    half.data.forEach((x, e) => {
      half.data[e] = x / 2;
    });
    expect((await varianceCovariance(half)).loss).toBeGreaterThan(1);
  });
  test('the invariance term is the mean squared difference of partners', async () => {
    const x = fromRows([
      [0, 0],
      [3, 4],
      [1, 1],
      [7, 7],
    ]);
    const run = { partners: Int32Array.of(1, 0, -1, -1) };
    const { loss, gradient } = await varianceCovariance(x, { ...none, invariance: 2 }, run);
    expect(loss).toBeCloseTo(2 * (25 / 2), 12);
    expect([...gradient.data]).toEqual([-6, -8, 6, 8, 0, 0, 0, 0].map((v) => v * 2 * (1 / 2)));
    const alone = await varianceCovariance(x, { ...none, invariance: 2 });
    expect(alone.loss).toBe(0);
  });
  test('partners that do not fit are refused, naming the row', async () => {
    const x = uniformRows(3, 2, 1);
    const call = (...partners: number[]) =>
      varianceCovariance(x, {}, { partners: Int32Array.from(partners) });
    await expect(call(1, 0)).rejects.toThrow(
      'variance-covariance: expected a partner for each of 3 rows; got 2 partners.',
    );
    await expect(call(1, 0, 3)).rejects.toThrow(
      'variance-covariance: the partner of row 2 is 3; expected another of the rows 0 … 2, or −1 for none.',
    );
    await expect(call(0, 2, 1)).rejects.toThrow(/the partner of row 0 is 0/);
  });
  test('all terms and partners together pass the Taylor check off the sphere, in the tape', async () => {
    const partners = Int32Array.of(3, 4, 5, 0, 1, 2);
    const loss = varianceCovariance.bind({ gamma: 3 });
    const ratios = await gradientRatios((x) => objective(x, loss, { partners }), [[6, 4]]);
    for (const ratio of ratios) expect(ratio).toBeGreaterThan(3.8);
  });
  test('collapse to one point costs μ(γ − √ε) and has no force', async () => {
    const same = zeros64(5, 3);
    const { loss, gradient } = await varianceCovariance(same, { epsilon: 0.01 });
    expect(loss).toBeCloseTo(25 * 0.9, 12);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('refuses one row', async () => {
    await expect(varianceCovariance(fromRows([[1, 0]]))).rejects.toThrow(
      'variance-covariance: expected at least 2 points; got 1 × 2.',
    );
  });
  describeObjectiveLaws(varianceCovariance.bind(), { rotationInvariant: false });
  describeObjectiveLaws(varianceCovariance.bind({ variance: 1, covariance: 3, gamma: 4 }), {
    rotationInvariant: false,
  });
});
