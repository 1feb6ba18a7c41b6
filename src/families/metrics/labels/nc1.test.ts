import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows } from '../../../testing/points.ts';
import { nc1 } from './nc1.ts';
import { nc2 } from './nc2.ts';
import { nc3 } from './nc3.ts';

describe('nc1', () => {
  test('rows that leave their class mean only across the line of the means have 0; crossed classes have ½ tan²(45° − a)', async () => {
    const at = (angle: number) => [Math.cos(angle), Math.sin(angle)];
    const a = 0.3;
    const rows = fromRows([at(a), at(-a), at(Math.PI - a), at(Math.PI + a)]);
    // The means lie at ±cos a, so Σ_B is cos²a along the first axis, where no row leaves its mean.
    expect(await measuredValue(nc1, rows, { classes: ['x', 'x', 'y', 'y'] })).toBeCloseTo(0, 12);
    const turned = fromRows([at(0), at(2 * a), at(Math.PI), at(Math.PI + 2 * a)]);
    expect(await measuredValue(nc1, turned, { classes: ['x', 'x', 'y', 'y'] })).toBeCloseTo(0, 12);
    const crossed = fromRows([at(a), at(Math.PI / 2 - a), at(-a), at(a - Math.PI / 2)]);
    // Means (h, ±h) with h = (cos a + sin a)/2: rows leave them by (cos a − sin a)/2 along the second axis.
    const expected = ((Math.cos(a) - Math.sin(a)) / (Math.cos(a) + Math.sin(a))) ** 2 / 2;
    const classes = ['x', 'x', 'y', 'y'];
    expect(await measuredValue(nc1, crossed, { classes })).toBeCloseTo(expected, 12);
  });

  test('does not exist where the class means coincide, and says so; nor do NC2 and NC3', async () => {
    const pairs = fromRows([
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]);
    for (const metric of [nc1, nc2, nc3]) {
      const { value, warnings } = await metric(pairs, {}, { classes: ['x', 'x', 'y', 'y'] });
      expect(value).toBeNaN();
      expect(warnings).toEqual(['the class means coincide: nothing lies between the classes.']);
    }
  });

  test('grows with the noise, and its interval holds the value', async () => {
    const facts = classesInTurn(4)(200);
    const small = await nc1(classRows(200, 10, 4, 0.05, 1), {}, facts);
    const large = await nc1(classRows(200, 10, 4, 0.2, 1), {}, facts);
    expect(large.value).toBeGreaterThan(4 * small.value);
    expect(large.low).toBeLessThan(large.value);
    expect(large.high).toBeGreaterThan(large.value);
  });
});

describeMetricLaws(nc1, { facts: classesInTurn(3) });
