import { expect, test } from 'vitest';
import { pearson } from './pearson.ts';

test('Pearson’s correlation of the textbook pairs', () => {
  expect(pearson([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.832050294338, 11);
  expect(pearson([1, 2, 3], [-2, -4, -6])).toBeCloseTo(-1, 14);
});

test('a constant list has none', () => {
  expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
  expect(pearson([], [])).toBeNaN();
});
