import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { multiply } from './multiply.ts';
import { relu } from './relu.ts';
import { sum } from './sum.ts';

test('relu has the gradient of its value', () =>
  expectGradient(
    (a, b) => relu(multiply(a, b)),
    [
      [4, 5],
      [4, 5],
    ],
  ));

test('negative numbers become 0', async () => {
  expect(await numbersOf(relu(known([-2, 0, 3, 1e-300, 1e300])))).toEqual([0, 0, 3, 1e-300, 1e300]);
});

test('NaN is not hidden', async () => {
  expect(await numbersOf(relu(known([Number.NaN, 1])))).toEqual([Number.NaN, 1]);
});

test('the slope at 0 is 0', async () => {
  const x = parameter('x', Float64Array.of(-1, 0, 2), [3]);
  const { gradients } = await gradientsOf(sum(relu(x)), new Workspace(referenceEngine));
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(0, 0, 1));
});
