import { describe, expect, test } from 'vitest';
import { matrix, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { simplex } from '../../../testing/points.ts';
import { hubnessCorrections } from './hubness-corrections.ts';

/** n independent normal rows of R^d about a common mean: the classic case of hubs. */
function gaussian(n: number, d: number, seed: number, shift = 0) {
  const random = Random.fromSeed(seed);
  return matrix(
    Float32Array.from({ length: n * d }, () => random.normal() + shift),
    n,
    d,
  );
}

describe('hubness-corrections', () => {
  test('rows about a common mean lose their hubs', async () => {
    const found = await hubnessCorrections(gaussian(500, 60, 3, 1));
    const { value, high = NaN, table = [] } = found;
    const chance = found.null?.value ?? NaN;
    // Ten of 499 rows at random.
    expect(chance).toBeCloseTo((1 - 20 / 499) / Math.sqrt(10 * (1 - 10 / 499)), 12);
    const skewness = new Map(table.map(({ correction, skewness: s }) => [correction, Number(s)]));
    const before = skewness.get('none') ?? NaN;
    expect(before).toBeGreaterThan(1.5);
    expect(high).toBeLessThan(before);
    for (const [name, after] of skewness) {
      if (name === 'none') continue;
      expect(after, String(name)).toBeLessThan(before);
      expect(Math.abs(after - chance)).toBeGreaterThanOrEqual(Math.abs(value - chance));
    }
    // The paper's own combination and its plainest one.
    expect(skewness.get('rank to normal, mutual proximity')).toBeLessThan(0.5 * before);
    expect(skewness.get('centring')).toBeLessThan(0.5 * before);
  });

  test('names the columns that ranks say little about', async () => {
    const points = zeros(40, 5);
    points.data.set(gaussian(40, 5, 1).data);
    for (let i = 0; i < 40; i++) points.data[i * 5 + 2] = i === 0 ? 1 : 0;
    const { warnings } = await hubnessCorrections(points);
    expect(warnings).toEqual(['1 column has one value in most rows: ranks say little there.']);
  });

  test('with k or fewer other rows there is nothing to choose', async () => {
    expect(await measuredValue(hubnessCorrections, simplex(8))).toBe(0);
  });
});

describeMetricLaws(hubnessCorrections, { rotation: false });
