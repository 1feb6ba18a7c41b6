import { expect, test } from 'vitest';
import { areaUnderRoc, estimatedArea } from './area-under-roc.ts';

test('the share of pairs in order, ties by half', () => {
  expect(areaUnderRoc([1, 2, 3], [4, 5])).toBe(1);
  expect(areaUnderRoc([4, 5], [1, 2, 3])).toBe(0);
  expect(areaUnderRoc([1, 3], [2, 3])).toBe((1 + 0 + 1 + 0.5) / 4);
});

test('the estimate is the area, its error that of the placements', () => {
  const { value, standardError } = estimatedArea([1, 3], [2, 3]);
  expect(value).toBe(areaUnderRoc([1, 3], [2, 3]));
  // Placements of the first list: 1, ¼; of the second: ½, ¾.
  const variance = (a: number, b: number) => ((a - b) ** 2 / 2) * (1 / 2);
  expect(standardError).toBeCloseTo(Math.sqrt(variance(1, 0.25) + variance(0.5, 0.75)), 15);
  expect(estimatedArea([1, 2], [3, 4])).toEqual({ value: 1, standardError: 0 });
});
