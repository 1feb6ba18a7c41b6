import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { meanNearestAngle } from './mean-nearest-angle.ts';

describe('mean-nearest-angle', () => {
  test('is the common angle of the simplex and of the orthoplex', async () => {
    const angle = (Math.acos(-1 / 5) * 180) / Math.PI;
    expect(await measuredValue(meanNearestAngle, simplex(5))).toBeCloseTo(angle, 10);
    expect(await measuredValue(meanNearestAngle, orthoplex(4))).toBeCloseTo(90, 12);
  });

  test('a pair of equal rows and a third at 90° average to 30°', async () => {
    const rows = fromRows([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(await measuredValue(meanNearestAngle, rows)).toBeCloseTo(30, 12);
  });

  test('the null on the circle is 180°/n', async () => {
    const { null: expected } = await meanNearestAngle(
      fromRows([
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ]),
    );
    expect(expected?.value).toBeCloseTo(45, 9);
  });
});

describeMetricLaws(meanNearestAngle);
