import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { uniformity as objective } from '../../objectives/uniformity.ts';
import { uniformity } from './uniformity.ts';

describe('uniformity', () => {
  test('the simplex of R^d has −2t(1 + 1/d), t = 2', async () => {
    for (const d of [2, 5, 20]) {
      expect(await measuredValue(uniformity, simplex(d))).toBeCloseTo(-4 * (1 + 1 / d), 12);
    }
  });

  test('equal rows have 0, two opposite rows −4t', async () => {
    expect(
      await measuredValue(
        uniformity,
        fromRows([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toBeCloseTo(0, 10);
    expect(
      await measuredValue(
        uniformity,
        fromRows([
          [1, 2],
          [-2, -4],
        ]),
      ),
    ).toBeCloseTo(-8, 12);
  });

  test('an orthonormal basis has −2t and the orthoplex a little less', async () => {
    expect(
      await measuredValue(
        uniformity,
        fromRows([
          [0, 1],
          [1, 0],
        ]),
      ),
    ).toBeCloseTo(-4, 12);
    expect(await measuredValue(uniformity, orthoplex(3))).toBeLessThan(-4);
  });

  test('is the loss of the objective of the same name', async () => {
    const points = uniformRows(25, 4, 2);
    const { loss } = await objective(points, {}, { engine: referenceEngine });
    expect(await measuredValue(uniformity, points)).toBeCloseTo(loss, 13);
  });

  test('a kernel too narrow for every pair gives no number and says so', async () => {
    const { value, warnings } = await uniformity(
      fromRows([
        [1, 0],
        [-1, 0],
      ]),
      { t: 500 },
    );
    expect(value).toBeNaN();
    expect(warnings).toEqual([
      'every pair is so far apart that exp(−500·chord²) is 0: take a smaller t.',
    ]);
  });
});

describeMetricLaws(uniformity);
