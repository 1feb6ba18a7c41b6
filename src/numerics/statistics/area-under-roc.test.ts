import { expect, test } from 'vitest';
import { areaUnderRoc } from './area-under-roc.ts';

test('the share of pairs in order, ties by half', () => {
  expect(areaUnderRoc([1, 2, 3], [4, 5])).toBe(1);
  expect(areaUnderRoc([4, 5], [1, 2, 3])).toBe(0);
  expect(areaUnderRoc([1, 3], [2, 3])).toBe((1 + 0 + 1 + 0.5) / 4);
});
