import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { squaredDistances } from './squared-distances.ts';

test('between two sets: both have the gradient', async () => {
  const ratios = await gradientRatios(
    (x, y) => squaredDistances(x, y),
    [
      [3, 2],
      [4, 2],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('within one set: a point counts as both ends', async () => {
  const ratios = await gradientRatios((x) => squaredDistances(multiply(x, x)), [[4, 2]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('3, 4 and 5', async () => {
  const x = constant(Float64Array.of(0, 0, 3, 4), [2, 2]);
  expect(await evaluate(squaredDistances(x))).toEqual(Float64Array.of(0, 25, 25, 0));
});

test('near points keep their digits far from the origin', async () => {
  const x = constant(Float32Array.of(4096, 4096 + 2 ** -10), [2, 1]);
  expect(await evaluate(squaredDistances(x))).toEqual(Float32Array.of(0, 2 ** -20, 2 ** -20, 0));
});

test('other widths and large sets are refused', () => {
  const x = constant(new Float32Array(4), [2, 2]);
  expect(() => squaredDistances(x, constant(new Float32Array(3), [1, 3]))).toThrow(
    'squaredDistances: expected rows of 2 columns; got 1 × 3.',
  );
  expect(() => squaredDistances(constant(new Float32Array(4097), [4097, 1]))).toThrow(
    'squaredDistances: expected at most 16777216 pairs, which are stored; got 4097 × 4097.',
  );
});
