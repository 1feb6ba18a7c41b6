import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../core/errors.ts';
import { Random } from '../../../core/random.ts';
import { skewness } from '../../../numerics/statistics/averages.ts';
import { occurrences } from '../../../structures/neighbors/occurrences.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, simplex, uniformRows } from '../../../testing/points.ts';
import { hubnessSkewness } from './hubness-skewness.ts';

describe('hubness-skewness', () => {
  test('occurrence counts 0, 0, 0, 4 have skewness 2/√3', () => {
    expect(skewness([0, 0, 0, 4])).toBeCloseTo(2 / Math.sqrt(3), 14);
    expect(skewness([5, 5, 5])).toBe(0);
    expect(skewness([1, 2, 3])).toBeCloseTo(0, 15);
  });

  test('a star has one hub: its centre is nearest to all', async () => {
    // The centre e₁ is 45° from every arm e₁ + e_c; arms are 60° apart.
    const rows = Array.from({ length: 9 }, (_, i) =>
      Array.from({ length: 9 }, (_, c) => (c === 0 || c === i ? 1 : 0)),
    );
    const { value } = await hubnessSkewness(fromRows(rows), { k: 1 });
    // N = 8 for the centre, 1 for the arm that it ties to first, 0 for seven arms.
    expect(value).toBeCloseTo(skewness([8, 1, 0, 0, 0, 0, 0, 0, 0]), 14);
  });

  test('a regular polygon has no hubs', async () => {
    const polygon = fromRows(
      Array.from({ length: 40 }, (_, i) => {
        // Unequal steps of every second gap keep the two neighbours apart in distance.
        const angle = (2 * Math.PI * (i + (i % 2) * 0.1)) / 40;
        return [Math.cos(angle), Math.sin(angle)];
      }),
    );
    expect((await hubnessSkewness(polygon, { k: 2 })).value).toBe(0);
  });

  test('a cluster of rows around a common direction raises it', async () => {
    const random = Random.fromSeed(2);
    const points = uniformRows(300, 20, random);
    const raised = points.data.map((x, i) => x + (i % 20 === 0 ? 1.5 : 0));
    const value = await measuredValue(hubnessSkewness, { ...points, data: raised });
    expect(value).toBeGreaterThan((await measuredValue(hubnessSkewness, points)) + 0.3);
  });

  test('k or fewer other rows leave no freedom: 0, with a warning', async () => {
    const { value, warnings } = await hubnessSkewness(simplex(10));
    expect(value).toBe(0);
    expect(warnings).toEqual(['with 11 rows, every row is among the 10 nearest of every other.']);
  });

  test('missing neighbours are not counted', () => {
    const graph = {
      indices: new Int32Array([1, -1, 0, -1]),
      distances: new Float64Array([1, Infinity, 1, Infinity]),
      n: 2,
      k: 2,
    };
    expect([...occurrences(graph)]).toEqual([1, 1]);
  });

  test('k below 1 is refused', async () => {
    await expect(hubnessSkewness(simplex(3), { k: 0 })).rejects.toThrow(OptionError);
  });
});

describeMetricLaws(hubnessSkewness);
