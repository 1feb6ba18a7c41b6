import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { nc3 } from './nc3.ts';

describe('nc3', () => {
  test('classes at orthonormal points are their own classifier', async () => {
    const { value } = await nc3(classRows(40, 6, 4, 1e-4, 1), {}, classesInTurn(4)(40));
    expect(value).toBeLessThan(1e-4);
  });

  test('noise of unequal size turns the classifier away from the means', async () => {
    const rows = classRows(200, 6, 3, 0.05, 1);
    for (let i = 0; i < 200; i++) rows.data[6 * i] += 0.5 * Math.sin(i * 12.9898);
    const { value, low, high } = await nc3(rows, {}, classesInTurn(3)(200));
    expect(value).toBeGreaterThan(0.05);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});

describeMetricLaws(nc3, { facts: classesInTurn(3) });
