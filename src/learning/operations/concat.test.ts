import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { concat } from './concat.ts';
import { multiply } from './multiply.ts';

test('each part gets its columns of the gradient, also where it stands twice', async () => {
  const ratios = await gradientRatios(
    (a, b) => multiply(concat(a, b, a), concat(a, a, b)),
    [
      [2, 2, 1],
      [2, 2, 1],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('rows stand side by side', async () => {
  const a = constant(Float64Array.of(1, 2), [2, 1]);
  const b = constant(Float64Array.of(3, 4, 5, 6), [2, 2]);
  expect(await evaluate(concat(a, b))).toEqual(Float64Array.of(1, 3, 4, 2, 5, 6));
});

test('parts of other rows are refused', () => {
  const a = constant(new Float32Array(4), [2, 2]);
  expect(() => concat(a, constant(new Float32Array(3), [3, 1]))).toThrow(
    'concat: expected tensors that agree with 2 × 2 in all but the last axis; got 3 × 1.',
  );
  expect(() => concat()).toThrow('concat: expected at least one tensor; got none.');
});
