import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { medianNearestAngle } from './median-nearest-angle.ts';

/** Points of the circle at these degrees. */
const circle = (degrees: readonly number[]) =>
  fromRows(degrees.map((a) => [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]));

describe('median-nearest-angle', () => {
  test('is the common angle of the simplex and of the orthoplex', async () => {
    const angle = (Math.acos(-1 / 5) * 180) / Math.PI;
    expect(await measuredValue(medianNearestAngle, simplex(5))).toBeCloseTo(angle, 10);
    expect(await measuredValue(medianNearestAngle, orthoplex(4))).toBeCloseTo(90, 12);
  });

  test('takes the middle row, or the mean of the two middle rows', async () => {
    // Nearest angles 1, 1, 3 and 1, 1, 3, 10.
    expect(await measuredValue(medianNearestAngle, circle([0, 1, 4]))).toBeCloseTo(1, 10);
    expect(await measuredValue(medianNearestAngle, circle([0, 1, 4, 14]))).toBeCloseTo(2, 10);
  });

  test('equal rows have 0', async () => {
    expect(
      await measuredValue(
        medianNearestAngle,
        fromRows([
          [1, 1],
          [2, 2],
          [4, 4],
        ]),
      ),
    ).toBe(0);
  });

  test('the null on the circle is the median of n arcs', async () => {
    const { null: expected } = await medianNearestAngle(circle([0, 90, 200]));
    // P(nearest > θ) = (1 − θ/π)² = ½.
    expect(expected?.value).toBeCloseTo(180 * (1 - Math.SQRT1_2), 10);
    expect(expected?.how).toBe('exact; interval simulated, 200 draws of 3 points');
  });
});

describeMetricLaws(medianNearestAngle);
