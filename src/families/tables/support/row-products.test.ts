import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../../testing/operation-checks.ts';
import { rowProducts } from './row-products.ts';

test('two rows are two products of matrices', async () => {
  const a = known([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]);
  const b = known([1, 0, 2, 1, 1, 1, 0, 1, 0, 2, 0, 1], [2, 6]);
  // [1 2; 3 4]·[1 0 2; 1 1 1] and [5 6; 7 8]·[0 1 0; 2 0 1]
  expect(await numbersOf(rowProducts(a, b, [2, 2, 3]))).toEqual([
    3, 2, 4, 7, 4, 10, 12, 5, 6, 16, 7, 8,
  ]);
});

test('its gradient is that of the products', async () => {
  await expectGradient(
    (a, b) => rowProducts(a, b, [2, 3, 2]),
    [
      [4, 6],
      [4, 6],
    ],
  );
});

test('rows of another length are refused', () => {
  expect(() => rowProducts(zeros([2, 4]), zeros([2, 5]), [2, 2, 3])).toThrow(
    'rowProducts: expected 2 × 6; got 2 × 5',
  );
});
