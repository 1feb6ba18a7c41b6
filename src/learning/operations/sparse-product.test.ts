import { expect, test } from 'vitest';
import { sparseMatrix } from '../../core/sparse.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { sparseProduct } from './sparse-product.ts';

const a = sparseMatrix(2, 3, [
  { row: 1, column: 2, value: -1 },
  { row: 0, column: 1, value: 2 },
  { row: 0, column: 0, value: 0.5 },
]);

test('the gradient goes back through the transpose', async () => {
  const ratios = await gradientRatios((x) => sparseProduct(a, multiply(x, x)), [[3, 2]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('weights times rows; a row without weights is zeros', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  expect(await evaluate(sparseProduct(a, x))).toEqual(Float64Array.of(6.5, 9, -5, -6));
  const nothing = sparseMatrix(2, 3, []);
  expect(await evaluate(sparseProduct(nothing, x))).toEqual(new Float64Array(4));
});

test('what does not fit is refused', () => {
  expect(() => sparseProduct(a, constant(new Float32Array(4), [2, 2]))).toThrow(
    'sparseProduct: expected 3 rows, as many as A has columns; got 2 × 2.',
  );
  const x = constant(new Float32Array(6), [3, 2]);
  const astray = { ...a, columns: Int32Array.of(0, 3, 2) };
  expect(() => sparseProduct(astray, x)).toThrow(
    'sparseProduct: column 3 of row 0 is not in 0 … 2.',
  );
});
