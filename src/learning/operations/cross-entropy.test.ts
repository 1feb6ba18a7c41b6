import { expect, test } from 'vitest';
import { expectGradient, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { crossEntropy, IGNORED } from './cross-entropy.ts';

test('crossEntropy has the gradient of its value', () =>
  expectGradient((z) => crossEntropy(z, [2, IGNORED, 0]), [[3, 4]]));

test('crossEntropy with smoothing has the gradient of its value', () =>
  expectGradient((z) => crossEntropy(z, [2, 1, 0], { smoothing: 0.2 }), [[3, 4]]));

test('softmax of equal logits loses the logarithm of the number of classes', async () => {
  const [loss] = await numbersOf(crossEntropy(zeros([2, 4]), [0, 3]));
  expect(loss).toBeCloseTo(Math.log(4), 14);
});

test('a class that is not there is refused', () => {
  expect(() => crossEntropy(zeros([2, 3]), [0, 3])).toThrow(
    'crossEntropy: class 3 of row 1 is not a whole number in 0 … 2, nor −1 for none.',
  );
  expect(() => crossEntropy(zeros([2, 3]), [0])).toThrow(
    'crossEntropy: expected 2 classes, one a row; got 1.',
  );
  expect(() => crossEntropy(zeros([1, 3]), [IGNORED])).toThrow('crossEntropy: no row has a class.');
});

test('a smoothing that is no share is refused', () => {
  expect(() => crossEntropy(zeros([1, 3]), [0], { smoothing: 2 })).toThrow(
    'crossEntropy: option "smoothing" must be a number in [0, 1]; got 2.',
  );
});
