import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { rateReduction } from './rate-reduction.ts';

describe('rate-reduction', () => {
  test('C collapsed orthogonal classes in R^C have (C/2) ln(1 + 2) − ½ ln(1 + 2C) at ε² = ½', async () => {
    const { value } = await rateReduction(classRows(20, 4, 4, 0, 1), {}, classesInTurn(4)(20));
    expect(value).toBeCloseTo(2 * Math.log(3) - 0.5 * Math.log(9), 12);
  });

  test('is smaller where the classes are wide', async () => {
    const facts = classesInTurn(3)(150);
    const narrow = await rateReduction(classRows(150, 8, 3, 0.05, 1), {}, facts);
    const wide = await rateReduction(classRows(150, 8, 3, 0.5, 1), {}, facts);
    expect(wide.value).toBeLessThan(narrow.value / 2);
    expect(wide.low).toBeLessThan(wide.value);
    expect(wide.high).toBeGreaterThan(wide.value);
  });
});

describeMetricLaws(rateReduction, { facts: classesInTurn(3) });
