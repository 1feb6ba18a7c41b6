import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { layerNorm } from './layer-norm.ts';

test('layerNorm has the gradient of its value', () =>
  expectGradient((x, gain, bias) => layerNorm(x, gain, bias), [[2, 3, 4], [4], [4]]));

test('with ε = 0 a row of −1 and 1 amid any mean and scale becomes bias ∓ gain', async () => {
  const rows = known([-1, 1, 5, 9], [2, 2]);
  const y = layerNorm(rows, known([2, 3]), known([10, 20]), { epsilon: 0 });
  expect(await numbersOf(y)).toEqual([8, 23, 8, 23]);
});

test('a row of equal numbers becomes the bias', async () => {
  expect(await numbersOf(layerNorm(known([7, 7], [1, 2]), known([2, 3]), known([1, 2])))).toEqual([
    1, 2,
  ]);
});

test('a gain that does not fit is refused', () => {
  expect(() => layerNorm(zeros([2, 3]), zeros([2]), zeros([3]))).toThrow(
    'layerNorm: expected a gain of 3 numbers; got 2.',
  );
});
