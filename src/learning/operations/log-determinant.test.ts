import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { add } from './add.ts';
import { gram } from './gram.ts';
import { logDeterminant } from './log-determinant.ts';

const identity = constant(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), [3, 3]);

test('log det (I + XᵀX) has the gradient of its value', async () => {
  const ratios = await gradientRatios((x) => logDeterminant(add(gram(x), identity)), [[5, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('a diagonal matrix: the sum of logarithms, and the reciprocals', async () => {
  const a = parameter('a', Float64Array.of(4, 0, 0, 16), [2, 2]);
  const { loss, gradients } = await gradientsOf(logDeterminant(a), new Workspace(referenceEngine));
  expect(loss).toBeCloseTo(Math.log(64), 14);
  expect(gradients.get(a)?.data).toEqual(Float64Array.of(0.25, 0, 0, 0.0625));
});

test('the gradient is a symmetric inverse, off the diagonal too', async () => {
  const a = parameter('a', Float64Array.of(2, 1, 1, 2), [2, 2]);
  const { gradients } = await gradientsOf(logDeterminant(a), new Workspace(referenceEngine));
  const inverse = [2 / 3, -1 / 3, -1 / 3, 2 / 3];
  gradients.get(a)?.data.forEach((g, e) => {
    expect(g).toBeCloseTo(inverse[e], 14);
  });
});

test('what is not square or not positive definite is refused', async () => {
  expect(() => logDeterminant(constant(new Float64Array(6), [2, 3]))).toThrow(
    'logDeterminant: expected a square matrix; got 2 × 3.',
  );
  const singular = constant(Float64Array.of(1, 0, 0, 0), [2, 2]);
  await expect(evaluate(logDeterminant(singular))).rejects.toThrow(
    'the matrix is not positive definite: pivot 2 of 2 is 0.',
  );
});
