import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { maxPool2d } from './max-pool2d.ts';
import { square } from './square.ts';
import { sum } from './sum.ts';

test('maxPool2d has the gradient of its value', () =>
  expectGradient((x) => square(maxPool2d(x, 2)), [[2, 4, 5, 3]]));

test('windows that overlap and padding have the gradient of their value', () =>
  expectGradient((x) => square(maxPool2d(x, 3, { stride: 2, padding: 'same' })), [[2, 4, 5, 3]]));

test('each channel has its own largest number, and places that do not fill a window are left out', async () => {
  const image = known([1, -1, 5, -5, 0, 0, 3, -9, 2, -2, 0, 0], [1, 2, 3, 2]);
  const y = maxPool2d(image, 2);
  expect(y.shape).toEqual([1, 1, 1, 2]);
  expect(await numbersOf(y)).toEqual([5, -1]);
});

test('padding is never the largest', async () => {
  const y = maxPool2d(known([-1, -2, -3], [1, 1, 3, 1]), 2, { padding: 'same' });
  expect(await numbersOf(y)).toEqual([-1, -3]);
});

test('of equal numbers the first gets the gradient', async () => {
  const x = parameter('x', Float64Array.of(1, 7, 7, 7), [1, 2, 2, 1]);
  const { gradients } = await gradientsOf(sum(maxPool2d(x, 2)), new Workspace(referenceEngine));
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(0, 1, 0, 0));
});

test('NaN is not hidden', async () => {
  expect(await numbersOf(maxPool2d(known([1, Number.NaN, 2, 3], [1, 2, 2, 1]), 2))).toEqual([NaN]);
});

test('images and windows that do not fit are refused', () => {
  expect(() => maxPool2d(zeros([4, 4]), 2)).toThrow(
    'maxPool2d: expected images n × height × width × channels; got 4 × 4.',
  );
  expect(() => maxPool2d(zeros([1, 2, 1, 1]), 2)).toThrow(
    'maxPool2d: expected images of 2 × 2 places or more, or padding: same; got 2 × 1.',
  );
  expect(() => maxPool2d(zeros([1, 2, 2, 1]), 2, { stride: 0 })).toThrow(
    'maxPool2d: option "stride" must be a whole number from 1; got 0.',
  );
});
