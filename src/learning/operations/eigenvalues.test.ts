import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { eigenvalues } from './eigenvalues.ts';
import { gram } from './gram.ts';
import { sum } from './sum.ts';

test('each eigenvalue has its gradient', async () => {
  const ratios = await gradientRatios((x) => eigenvalues(gram(x)), [[5, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('largest first', async () => {
  const a = constant(Float64Array.of(2, 1, 1, 2), [2, 2]);
  const [first, second] = await evaluate(eigenvalues(a));
  expect(first).toBeCloseTo(3, 14);
  expect(second).toBeCloseTo(1, 14);
});

test('equal eigenvalues that count alike: the gradient of the trace is the identity', async () => {
  const a = parameter('a', Float64Array.of(4, 0, 0, 4), [2, 2]);
  const { gradients } = await gradientsOf(sum(eigenvalues(a)), new Workspace(referenceEngine));
  expect(gradients.get(a)?.data).toEqual(Float64Array.of(1, 0, 0, 1));
});
