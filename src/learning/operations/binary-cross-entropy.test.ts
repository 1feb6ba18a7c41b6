import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';

test('binaryCrossEntropy has the gradient of its value', () =>
  expectGradient((z) => binaryCrossEntropy(z, [0, 1, 1, 0, 0.3, 1]), [[2, 3]]));

test('logits of 0 lose log 2, whatever the targets', async () => {
  expect(await numbersOf(binaryCrossEntropy(zeros([3]), [0, 0.5, 1]))).toEqual([Math.log1p(1)]);
});

test('a sure logit loses nothing if right and itself if wrong', async () => {
  expect(await numbersOf(binaryCrossEntropy(known([1000]), [1]))).toEqual([0]);
  expect(await numbersOf(binaryCrossEntropy(known([1000]), [0]))).toEqual([1000]);
});

test('targets that do not fit are refused', () => {
  expect(() => binaryCrossEntropy(zeros([2]), [0])).toThrow(
    'binaryCrossEntropy: expected 2 targets, one a logit; got 1.',
  );
  expect(() => binaryCrossEntropy(zeros([2]), [0, 2])).toThrow(
    'binaryCrossEntropy: target 2 at place 1 is not in [0, 1].',
  );
});
