import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { covariance } from './covariance.ts';

test('it has the gradient of its value', async () => {
  const ratios = await gradientRatios((x) => covariance(x), [[5, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('two rows: half the products of their differences', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 6), [2, 2]);
  expect(await evaluate(covariance(x))).toEqual(Float64Array.of(2, 4, 4, 8));
});

test('one row has no covariance', () => {
  expect(() => covariance(constant(new Float32Array(3), [1, 3]))).toThrow(
    'covariance: expected two rows or more; got 1.',
  );
});
