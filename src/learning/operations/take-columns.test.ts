import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { takeColumns } from './take-columns.ts';

test('a column taken twice gets both gradients', async () => {
  const ratios = await gradientRatios(
    (x) => multiply(takeColumns(x, [1, 3, 1]), takeColumns(x, [0, 1, 1])),
    [[2, 2, 4]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('columns come in the order in which they are named', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  expect(await evaluate(takeColumns(x, [2, 0, 2]))).toEqual(Float64Array.of(3, 1, 3, 6, 4, 6));
});

test('a column that does not exist is named', () => {
  const x = constant(new Float32Array(6), [2, 3]);
  expect(() => takeColumns(x, [0, 3])).toThrow('takeColumns: column 3 at place 1 is not in 0 … 2.');
});
