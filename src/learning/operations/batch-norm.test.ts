import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { batchNorm, runningStatistics } from './batch-norm.ts';
import { sum } from './sum.ts';

test.each([true, false])('batchNorm (training: %s) has the gradient of its value', (training) => {
  const running = runningStatistics('norm', 4);
  running.mean.data.set([1, -1, 0, 2]);
  running.variance.data.set([1, 2, 3, 0.5]);
  // Training's value does not depend on the running statistics, which move with every gradient.
  return expectGradient(
    (x, gain, bias) => batchNorm(x, gain, bias, running, { training }),
    [[3, 2, 4], [4], [4]],
  );
});

const x = known([1, 10, 3, 30], [2, 2]);
const [gain, bias] = [known([2, 3]), known([10, 20])];

test('with ε = 0 two rows become bias ∓ gain', async () => {
  const running = runningStatistics('norm', 2);
  const y = batchNorm(x, gain, bias, running, { training: true, epsilon: 0 });
  expect(await numbersOf(y)).toEqual([8, 17, 12, 23]);
});

test('evaluation takes the running statistics', async () => {
  const running = runningStatistics('norm', 2);
  running.mean.data.set([1, 10]);
  running.variance.data.set([4, 16]);
  const y = batchNorm(x, gain, bias, running, { training: false, epsilon: 0 });
  expect(await numbersOf(y)).toEqual([10, 20, 12, 35]);
});

test('the running statistics follow once a gradient, by the unbiased variance', async () => {
  const running = runningStatistics('norm', 2);
  const scale = parameter('gain', Float64Array.of(1, 1), [2]);
  const y = batchNorm(x, scale, bias, running, { training: true, momentum: 0.5 });
  await numbersOf(y);
  expect(running.mean.data).toEqual(Float32Array.of(0, 0));
  await gradientsOf(sum(y), new Workspace(referenceEngine));
  expect(running.mean.data).toEqual(Float32Array.of(1, 10));
  // The batch has variances 1 and 100, unbiased 2 and 200.
  expect(running.variance.data).toEqual(Float32Array.of(1.5, 100.5));
});

test('evaluation leaves the running statistics as they are', async () => {
  const running = runningStatistics('norm', 2);
  const scale = parameter('gain', Float64Array.of(1, 1), [2]);
  const y = batchNorm(x, scale, bias, running, { training: false });
  await gradientsOf(sum(y), new Workspace(referenceEngine));
  expect(running).toEqual(runningStatistics('norm', 2));
});

test('one row has no variance to train with', () => {
  const running = runningStatistics('norm', 2);
  expect(() => batchNorm(zeros([1, 2]), gain, bias, running, { training: true })).toThrow(
    'batchNorm: training needs two rows or more for a variance; got 1: take larger batches, or training: false.',
  );
});

test('statistics of other channels are refused', () => {
  const running = runningStatistics('norm', 3);
  expect(() => batchNorm(x, gain, bias, running, { training: true })).toThrow(
    'batchNorm: expected running statistics of 2 channels; got 3.',
  );
});
