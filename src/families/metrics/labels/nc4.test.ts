import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { nc4 } from './nc4.ts';

describe('nc4', () => {
  test('collapsed classes leave nothing to disagree about', async () => {
    expect((await nc4(classRows(60, 6, 3, 0.05, 1), {}, classesInTurn(3)(60))).value).toBe(0);
  });

  test('a noisy axis makes the nearest mean and the classifier disagree', async () => {
    const rows = classRows(300, 6, 3, 0.3, 1);
    for (let i = 0; i < 300; i++) rows.data[6 * i] += 1.5 * Math.sin(i * 12.9898);
    const { value, low = NaN, high = NaN } = await nc4(rows, {}, classesInTurn(3)(300));
    expect(value).toBeGreaterThan(0.02);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});

describeMetricLaws(nc4, { facts: classesInTurn(3) });
