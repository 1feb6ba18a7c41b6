import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { circularVariance } from './circular-variance.ts';

describe('circular-variance', () => {
  test('is 1 for the simplex, the orthoplex and opposite rows, which cancel', async () => {
    expect(await measuredValue(circularVariance, simplex(6))).toBeCloseTo(1, 14);
    expect(await measuredValue(circularVariance, orthoplex(3))).toBe(1);
    expect(
      await measuredValue(
        circularVariance,
        fromRows([
          [1, 2],
          [-1, -2],
        ]),
      ),
    ).toBe(1);
  });

  test('is 0 for equal rows and for one row, float32 too', async () => {
    const rows = matrix(
      Float32Array.from({ length: 300 }, (_, i) => 1 + (i % 3)),
      100,
      3,
    );
    expect(await measuredValue(circularVariance, rows)).toBeCloseTo(0, 14);
    expect(await measuredValue(circularVariance, fromRows([[0.3, 0.4, 7]]))).toBeCloseTo(0, 15);
  });

  test('an orthonormal basis of R^d has 1 − 1/√d', async () => {
    const basis = fromRows([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect(await measuredValue(circularVariance, basis)).toBeCloseTo(0.5, 15);
  });
});

describeMetricLaws(circularVariance);
