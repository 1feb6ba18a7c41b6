import { describe, expect, test } from 'vitest';
import { describeComparisonLaws, relatedPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { medianRowCosine } from './median-row-cosine.ts';

describe('median-row-cosine', () => {
  test('a third of the rows gone wrong do not move it', async () => {
    const a = normalMatrix(90, 4, 1);
    const b = { ...a, data: a.data.map((x, i) => (i < 120 ? -x : x)) };
    expect((await medianRowCosine({ a, b })).value).toBeCloseTo(1, 14);
  });

  test('the interval lies between order statistics', async () => {
    const { low, high, value } = await medianRowCosine(relatedPair(100, 3, 3, 1));
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});

describeComparisonLaws(medianRowCosine, { ignores: ['scale'], same: 1 });
