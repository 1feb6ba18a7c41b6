import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { productsOf } from './products.ts';

test('holds the inner product of every pair of rows', () => {
  const rows = matrix(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 2);
  expect([...productsOf(rows).data]).toEqual([5, 11, 17, 11, 25, 39, 17, 39, 61]);
});
