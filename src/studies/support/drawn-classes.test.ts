import { expect, test } from 'vitest';
import { divergence } from './drawn-classes.ts';

test('shares that agree have no divergence, whatever their sums', () => {
  expect(divergence([1, 2, 3], [10, 20, 30])).toBe(0);
});

test('all in one of ten equal classes is log 10 away', () => {
  const one = Array.from({ length: 10 }, (_, c) => (c === 3 ? 5 : 0));
  expect(divergence(one, new Array(10).fill(1))).toBeCloseTo(Math.log(10), 12);
});
