import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { minAngle } from './min-angle.ts';

describe('min-angle', () => {
  test('the simplex of R^d has arccos(−1/d), the orthoplex 90°', async () => {
    for (const d of [1, 2, 3, 7, 40]) {
      const angle = (Math.acos(-1 / d) * 180) / Math.PI;
      expect(await measuredValue(minAngle, simplex(d))).toBeCloseTo(angle, 10);
    }
    expect(await measuredValue(minAngle, orthoplex(6))).toBeCloseTo(90, 12);
  });

  test('equal rows have angle 0 exactly and opposite rows 180° to 1e-5', async () => {
    const rows = matrix(new Float32Array([0.1, 0.7, 3, 0.1, 0.7, 3, -1, 2, 2]), 3, 3);
    expect(await measuredValue(minAngle, rows)).toBe(0);
    expect(
      await measuredValue(
        minAngle,
        fromRows([
          [1, 2],
          [-1, -2],
        ]),
      ),
    ).toBeCloseTo(180, 5);
  });

  test('an angle of 1e-9 rad keeps its digits', async () => {
    const value = await measuredValue(
      minAngle,
      fromRows([
        [1, 0],
        [1, 1e-9],
        [0, 1],
      ]),
    );
    expect((value * Math.PI) / 180 / 1e-9).toBeCloseTo(1, 9);
  });

  test('rows with the same direction are counted in a warning', async () => {
    const { value, warnings } = await minAngle(
      fromRows([
        [1, 0],
        [0, 1],
        [2, 0],
        [0, 4],
        [1, 1],
      ]),
    );
    expect(value).toBe(0);
    expect(warnings).toEqual(['4 rows have the same direction as another row.']);
  });

  test('one row has no angle and says so', async () => {
    const { value, warnings, null: expected } = await minAngle(fromRows([[1, 2, 3]]));
    expect(value).toBeNaN();
    expect(warnings).toEqual(['there are no pairs of rows: at least 2 rows are needed.']);
    expect(expected).toBeUndefined();
  });
});

describeMetricLaws(minAngle);
