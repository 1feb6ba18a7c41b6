import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { commonDirection } from './common-direction.ts';

test('rows about one axis share it, and the first component has it all', () => {
  const rows = matrix(Float64Array.of(1, 0, 0.8, 0.6, 0.8, -0.6, 0, 1, 0, -1), 5, 2);
  const found = commonDirection(rows);
  expect(found?.share).toBeCloseTo(1, 10);
  expect(found?.most).toEqual([0, 1]);
  expect(found?.least).toEqual([4, 3]);
});

test('a mean across the longest axis of the rows is another direction than the first component', () => {
  // Rows go far both ways along the second column, and a little one way along the first.
  const rows = matrix(Float64Array.of(0.28, 0.96, 0.28, -0.96, 0.29, 0.957), 3, 2);
  expect(commonDirection(rows)?.share).toBeLessThan(0.95);
});

test('rows that cancel out share none', () => {
  expect(commonDirection(matrix(Float64Array.of(1, 0, -1, 0), 2, 2))).toBe(undefined);
});
