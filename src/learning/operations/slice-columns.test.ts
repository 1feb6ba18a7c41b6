import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { sliceColumns } from './slice-columns.ts';

test('columns outside the slice get no gradient', async () => {
  const ratios = await gradientRatios(
    (x) => multiply(sliceColumns(x, 1, 3), sliceColumns(x, 2, 4)),
    [[2, 2, 4]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('each row is cut', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  expect(await evaluate(sliceColumns(x, 1, 3))).toEqual(Float64Array.of(2, 3, 5, 6));
});

test('columns that do not exist are refused', () => {
  const x = constant(new Float32Array(6), [2, 3]);
  expect(() => sliceColumns(x, 1, 4)).toThrow(
    'sliceColumns: expected a part of 0 … 3, not empty; got 1 … 4.',
  );
});
