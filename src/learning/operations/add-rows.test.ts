import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { addRows } from './add-rows.ts';
import { multiply } from './multiply.ts';

test('the gradient of rows is the sum over every place they were added to', async () => {
  const ratios = await gradientRatios(
    (x, p) => multiply(addRows(x, p), addRows(x, p)),
    [
      [2, 3, 2],
      [3, 2],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('a place’s row is added in every sequence, and a single row to all', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4), [2, 2, 1]);
  expect(await evaluate(addRows(x, constant(Float64Array.of(10, 20), [2, 1])))).toEqual(
    Float64Array.of(11, 22, 13, 24),
  );
  expect(await evaluate(addRows(x, constant(Float64Array.of(10), [1])))).toEqual(
    Float64Array.of(11, 12, 13, 14),
  );
});

test('rows of other axes are refused', () => {
  const x = constant(new Float32Array(12), [2, 3, 2]);
  expect(() => addRows(x, constant(new Float32Array(4), [2, 2]))).toThrow(
    'addRows: expected rows whose axes are the last ones of 2 × 3 × 2; got 2 × 2.',
  );
});
