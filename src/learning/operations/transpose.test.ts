import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { transpose } from './transpose.ts';

test('the gradient is turned back', async () => {
  const ratios = await gradientRatios(
    (a, b) => multiply(transpose(a), b),
    [
      [2, 3],
      [3, 2],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('rows become columns', async () => {
  const a = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  expect(await evaluate(transpose(a))).toEqual(Float64Array.of(1, 4, 2, 5, 3, 6));
});

test('three axes are no matrix', () => {
  expect(() => transpose(constant(new Float32Array(8), [2, 2, 2]))).toThrow(
    'transpose: expected a matrix; got 2 × 2 × 2.',
  );
});
