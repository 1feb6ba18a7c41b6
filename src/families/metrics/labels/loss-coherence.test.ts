import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { anyScores } from '../../../testing/scores.ts';
import { lossCoherence } from './loss-coherence.ts';

/** Bundles of eight rows about unit directions of so many axes. */
function bundles(count: number, noise: number, seed: number) {
  const random = Random.fromSeed(seed);
  return fromRows(
    Array.from({ length: 8 * count }, (_, i) =>
      Array.from({ length: count }, (__, c) => (c === i % count ? 1 : 0) + noise * random.normal()),
    ),
  );
}

describe('loss-coherence', () => {
  test('is the ratio of unbiased variances, by hand', async () => {
    const points = bundles(2, 0.01, 1);
    const scores = Float64Array.from({ length: 16 }, (_, i) => (i % 2) * 10 + (i < 8 ? 0 : 1));
    // Within: two clusters of four 0 and four 1: 2 · 8/4 over 14; in all 8 · 8/2 … about the mean 5.5.
    const within = (2 * 8 * 0.25) / 14;
    const total = scores.reduce((sum, x) => sum + (x - 5.5) ** 2, 0) / 15;
    const { value, perRow } = await lossCoherence(points, { clusters: 2 }, { scores });
    expect(value).toBeCloseTo(within / total, 12);
    expect(perRow?.['above'][0]).toBeCloseTo(0 - 4 / 7, 12);
  });

  test('is 1 on average for scores that have nothing to do with the rows, as its null says', async () => {
    const points = uniformRows(200, 5, 2);
    let sum = 0;
    let far = 0;
    for (let r = 0; r < 30; r++) {
      const random = Random.fromSeed(r);
      const scores = Float64Array.from({ length: 200 }, () => random.normal());
      const { value, null: law } = await lossCoherence(points, { clusters: 10 }, { scores });
      sum += value / 30;
      if ((law?.pValue ?? 0) < 0.05) far += 1;
      expect(law?.value).toBeCloseTo(1, 1);
    }
    expect(sum).toBeCloseTo(1, 1);
    expect(far).toBeLessThan(6);
  });

  test('rows far from their cluster come first, and scores not known are left out', async () => {
    const points = bundles(3, 0.01, 3);
    const scores = Float64Array.from({ length: 24 }, (_, i) => i % 3);
    scores[4] = 9;
    scores[7] = NaN;
    const { rows, warnings, value } = await lossCoherence(points, { clusters: 3 }, { scores });
    expect(rows?.[0]).toBe(4);
    expect(value).toBeGreaterThan(0);
    expect(warnings).toEqual(['1 of 24 rows has no score and was left out.']);
  });

  test('equal scores and few rows have no number', async () => {
    const points = uniformRows(20, 3, 4);
    const equal = { scores: new Float64Array(20).fill(0.1) };
    expect(await lossCoherence(points, {}, equal)).toMatchObject({
      value: NaN,
      warnings: ['all scores are equal.'],
    });
    const few = { scores: Float64Array.of(1, 2, 3) };
    expect((await lossCoherence(uniformRows(3, 3, 5), {}, few)).warnings).toEqual([
      '3 rows are too few for two clusters of 3.',
    ]);
  });
});

describeMetricLaws(lossCoherence, { facts: anyScores });
