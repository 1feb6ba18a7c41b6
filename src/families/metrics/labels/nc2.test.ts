import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, simplex } from '../../../testing/points.ts';
import { nc2 } from './nc2.ts';

describe('nc2', () => {
  test('classes at the corners of a simplex have 0, and orthonormal ones too', async () => {
    const { data } = simplex(4);
    const rows = fromRows(
      Array.from({ length: 10 }, (_, i) => [...data.subarray(4 * (i % 5), 4 * (i % 5) + 4)]),
    );
    expect(await measuredValue(nc2, rows, classesInTurn(5)(10))).toBeCloseTo(0, 10);
    expect(await measuredValue(nc2, classRows(20, 6, 4, 0, 1), classesInTurn(4)(20))).toBeCloseTo(
      0,
      10,
    );
  });

  test('three classes on a circle at uneven angles miss the simplex a little', async () => {
    const at = (angle: number) => [Math.cos(angle), Math.sin(angle)];
    const rows = fromRows([at(0), at(0.01), at(2), at(2.01), at(-2), at(-2.01)]);
    const value = await measuredValue(nc2, rows, { classes: ['a', 'a', 'b', 'b', 'c', 'c'] });
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(0.5);
  });
});

describeMetricLaws(nc2, { facts: classesInTurn(3) });
