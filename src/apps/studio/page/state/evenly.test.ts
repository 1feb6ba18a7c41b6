import { expect, test } from 'vitest';
import { evenly, sortedRows } from './evenly.ts';

test('highest first, equal ones by row, those without a number left out', () => {
  expect([...sortedRows([1, Number.NaN, 3, 1, Infinity])]).toEqual([2, 0, 3]);
  expect(sortedRows([])).toHaveLength(0);
});

test('both ends are among those that are drawn', () => {
  expect(evenly([5, 6, 7, 8, 9], 3)).toEqual([5, 7, 9]);
  expect(evenly([5, 6], 3)).toEqual([5, 6]);
  expect(evenly([5], 3)).toEqual([5]);
  expect(evenly([], 3)).toEqual([]);
});
