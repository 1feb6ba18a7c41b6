import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, zeros64, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { objective } from '../../learning/operations/index.ts';
import { normalQuantile } from '../../numerics/laws/normal.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { contextOf, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { effectiveEntropy } from './effective-entropy.ts';

const alone = { entropy: 1, covariance: 0 };
const logit = (u: number) => Math.log(u / (1 - u));

function drawn(n: number, d: number, draw: (random: Random) => number): Matrix<Float64Array> {
  const random = Random.fromSeed(3);
  return matrix(
    Float64Array.from({ length: n * d }, () => draw(random)),
    n,
    d,
  );
}

describe('effectiveEntropy', () => {
  test('of even places is −ln((n + 1)/n), whatever the spacing', async () => {
    const n = 20;
    const even = matrix(
      Float64Array.from({ length: n }, (_, i) => logit((i + 0.5) / n)),
      n,
      1,
    );
    for (const spacing of [1, 4, 7]) {
      const { loss } = await effectiveEntropy(even, { ...alone, spacing, epsilon: 1e-12 });
      expect(loss).toBeCloseTo(-Math.log((n + 1) / n), 10);
    }
  });
  test('of logistic columns is 0 within 0.03 nat at n = 1000', async () => {
    const x = drawn(1000, 8, (random) => logit(random.uniform()));
    expect(Math.abs((await effectiveEntropy(x, alone)).loss)).toBeLessThan(0.03);
  });
  test('of normal columns, standardised, is 0 within 0.03 nat whatever their scale', async () => {
    const x = drawn(1000, 8, (random) => 5 + 7 * random.normal());
    const { loss } = await effectiveEntropy(x, { ...alone, squash: 'normal' });
    expect(Math.abs(loss)).toBeLessThan(0.03);
    const y = { ...x, data: x.data.map((value) => value / 100) };
    const other = await effectiveEntropy(y, { ...alone, squash: 'normal' });
    expect(other.loss).toBeCloseTo(loss, 9);
  });
  test('of two places by hand: Φ(±1) of a standardised pair', async () => {
    const pair = matrix(Float64Array.of(3, 8), 2, 1);
    const { loss } = await effectiveEntropy(pair, { ...alone, squash: 'normal', epsilon: 1e-12 });
    // m = 1, one spacing: 3·(Φ(1) − Φ(−1)).
    expect(loss).toBeCloseTo(-Math.log(3 * 0.682689492137086), 11);
  });
  test('many spacings in one logarithm are the sum of their logarithms', async () => {
    const u = Array.from({ length: 50 }, (_, i) => ((i + 1) / 51) ** 2);
    const x = matrix(
      Float64Array.from(u, (value) => normalQuantile(value)),
      50,
      1,
    );
    const v = [...x.data].map((value) => 1 / (1 + Math.exp(-value)));
    let sum = 0;
    for (let i = 0; i < 47; i++) sum += Math.log(1e-7 + 17 * (v[i + 3] - v[i]));
    const { loss } = await effectiveEntropy(x, { ...alone, spacing: 3 });
    expect(loss).toBeCloseTo(-sum / 47, 12);
  });
  test('the covariance of two equal coordinates counts twice over d', async () => {
    const u = [0.2, 0.5, 0.9];
    const x = fromRows(u.map((value) => [logit(value), logit(value)]));
    const { loss } = await effectiveEntropy(x, { entropy: 0, covariance: 3 });
    const mean = 1.6 / 3;
    const variance = u.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    expect(loss).toBeCloseTo((3 * 2 * variance ** 2) / 2, 14);
  });
  test('a constant column has the entropy ln ε and, standardised, no force', async () => {
    const x = zeros64(9, 2).data.map((_, e) => (e % 2 === 0 ? e : 4));
    const given = { ...alone, squash: 'normal', epsilon: 1e-6 } as const;
    const both = await effectiveEntropy(matrix(x, 9, 2), given);
    const first = await effectiveEntropy(
      matrix(
        x.filter((_, e) => e % 2 === 0),
        9,
        1,
      ),
      given,
    );
    expect(2 * both.loss).toBeCloseTo(first.loss + 6 * Math.LN10, 9);
    for (let i = 0; i < 9; i++) expect(Math.abs(both.gradient.data[2 * i + 1])).toBe(0);
  });
  test.each(['sigmoid', 'normal'] as const)(
    '%s passes the Taylor check off the sphere, in the tape',
    async (squash) => {
      const loss = effectiveEntropy.bind({ squash, covariance: 20 });
      for (const ratio of await gradientRatios((x) => objective(x, loss), [[9, 3]]))
        expect(ratio).toBeGreaterThan(3.8);
    },
  );
  test('descent makes skewed columns even', async () => {
    const x = drawn(64, 2, (random) => random.normal() ** 2);
    const even = effectiveEntropy.bind({ entropy: 1 });
    const gradient = zerosLike(x);
    const before = await even.lossAndGradient(x, gradient, contextOf(0));
    for (let step = 0; step < 200; step++) {
      await even.lossAndGradient(x, gradient, contextOf(0));
      for (let e = 0; e < x.data.length; e++) x.data[e] -= 2 * gradient.data[e];
    }
    const after = await even.lossAndGradient(x, gradient, contextOf(0));
    expect(before).toBeGreaterThan(0.5);
    expect(after).toBeLessThan(0.1);
  });
  test('refuses one row', async () => {
    await expect(effectiveEntropy(fromRows([[1, 0]]))).rejects.toThrow(
      'effective-entropy: expected at least 2 points; got 1 × 2.',
    );
  });
  describeObjectiveLaws(effectiveEntropy.bind(), { rotationInvariant: false });
  describeObjectiveLaws(effectiveEntropy.bind({ squash: 'normal', spacing: 2 }), {
    rotationInvariant: false,
  });
});
