import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { significantDirections } from './significant-directions.ts';

/** White noise with r directions of 16 times its variance. */
function spiked(n: number, d: number, r: number, seed: number) {
  const random = Random.fromSeed(seed);
  const draw = (_: unknown, i: number) => random.normal() * (i % d < r ? 4 : 1);
  return matrix(Float64Array.from({ length: n * d }, draw), n, d);
}

describe('significant-directions', () => {
  test.each([
    [300, 40, 5],
    [60, 150, 3],
    [400, 100, 20],
  ])('%i × %i: finds the %i planted directions and no other', async (n, d, r) => {
    const {
      value,
      low = NaN,
      high = NaN,
      warnings,
    } = await significantDirections(spiked(n, d, r, 2));
    expect(value).toBe(r);
    expect(low).toBeLessThanOrEqual(r);
    expect(high).toBeGreaterThanOrEqual(r);
    expect(warnings).toEqual([]);
  });

  test('uniform points have none in at least 90 of 100 sets', async () => {
    const random = Random.fromSeed(4);
    let none = 0;
    for (let r = 0; r < 100; r++) {
      const value = await measuredValue(
        significantDirections,
        uniformRows(120, 30, random.fork(r)),
      );
      if (value === 0) none += 1;
    }
    // 95 % by the law, less 4 standard errors.
    expect(none).toBeGreaterThanOrEqual(95 - 4 * 2.2);
  });

  test('a spectrum without a noise floor is named', async () => {
    const random = Random.fromSeed(9);
    const draw = (_: unknown, i: number) => random.normal() / ((i % 40) + 1);
    const { warnings } = await significantDirections(
      matrix(Float64Array.from({ length: 40_000 }, draw), 1000, 40),
    );
    expect(warnings[0]).toMatch(/of 40 directions are above what would be noise/);
  });
});

describeMetricLaws(significantDirections);
