import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { digamma } from '../../../../numerics/laws/special.ts';
import { uniformRows } from '../../../../testing/points.ts';
import { censoredLogRatio, dimensionScale, expectedLogChords } from './sphere-neighbors.ts';

describe('neighbours on a sphere', () => {
  test('of dimension 2, where r² is uniform, have E ln r_j = ½ (ψ(j) − ψ(n)) + ln 2', () => {
    for (const n of [20, 1000, 100_000]) {
      const means = expectedLogChords(n, [1, 2, 8, 16])(2);
      for (const [a, j] of [1, 2, 8, 16].entries()) {
        expect(means[a]).toBeCloseTo((digamma(j) - digamma(n)) / 2 + Math.LN2, 8);
      }
    }
  });

  test('of dimension 2 have exponential ratios of rate 2, censored or not', () => {
    for (const share of [0.5, 0.9, 0.999]) {
      expect(censoredLogRatio(500, share)(2)).toBeCloseTo(share / 2, 8);
    }
  });

  test('of dimension 12 agree with 40 draws of 150 points, within 4 standard errors', async () => {
    const random = Random.fromSeed(12);
    const means: number[] = [];
    for (let r = 0; r < 40; r++) {
      const graph = await referenceEngine.nearest(uniformRows(150, 13, random.fork(r)), 8);
      let sum = 0;
      for (let i = 0; i < 150; i++)
        sum += Math.log(graph.distances[8 * i + 7] / graph.distances[8 * i + 3]);
      means.push(sum / 150);
    }
    const mean = means.reduce((a, b) => a + b, 0) / 40;
    const spread = Math.sqrt(means.reduce((a, b) => a + (b - mean) ** 2, 0) / 39 / 40);
    const [fourth, eighth] = expectedLogChords(150, [4, 8])(12);
    expect(Math.abs(mean - (eighth - fourth))).toBeLessThan(4 * spread);
  });
});

test('reading an estimate backwards gives the dimension it came from', () => {
  const expected = expectedLogChords(400, [2, 4]);
  const estimate = (m: number) => {
    const [second, fourth] = expected(m);
    return 1 / (fourth - second);
  };
  const { read } = dimensionScale((m) => [estimate(m)]);
  fc.assert(
    fc.property(fc.double({ min: 0.6, max: 300, noNaN: true }), (m) => {
      expect(read(estimate(m)) / m).toBeCloseTo(1, 4);
    }),
    { numRuns: 15 },
  );
  expect(read(0)).toBeNaN();
});
