import { expect, test } from 'vitest';
import { averageRanks, countBelow, spearman } from './ranks.ts';

test('equal values share the mean of their ranks', () => {
  expect([...averageRanks([10, 20, 20, 5])]).toEqual([2, 3.5, 3.5, 1]);
});

test('the correlation of a list with ties is that of the SciPy documentation (spearmanr)', () => {
  expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12);
});

test('is 1 for any increasing map and −1 for any decreasing one', () => {
  const x = [0.3, -2, 7, 1.5, 100];
  expect(spearman(x, x.map(Math.cbrt))).toBeCloseTo(1, 12);
  expect(
    spearman(
      x,
      x.map((v) => -v),
    ),
  ).toBeCloseTo(-1, 12);
});

test('a constant list has no correlation', () => {
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
});

test('lists of unlike length are refused', () => {
  expect(() => spearman([1, 2], [1, 2, 3])).toThrow(/expected 2 values/i);
});

test('half of the equal values count as below', () => {
  const sorted = Float64Array.of(-1, 0, 0, 0, 2);
  expect([-2, -1, 0, 1, 3].map((x) => countBelow(sorted, x))).toEqual([0, 0.5, 2.5, 4, 5]);
});
