import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { successiveCosines, successiveProducts } from './successive.ts';

const rows = matrix(Float64Array.from([3, 4, 4, 3, 0, 0, 1, 0]), 4, 2);

test('products and cosines of rows with the next one', () => {
  expect([...successiveProducts(rows)]).toEqual([24, 0, 0]);
  expect([...successiveCosines(rows)]).toEqual([24 / 25, 0, 0]);
});

test('one row has no next one', () => {
  expect(successiveCosines(matrix(Float64Array.of(1, 2), 1, 2))).toHaveLength(0);
});
