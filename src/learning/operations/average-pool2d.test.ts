import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { averagePool2d } from './average-pool2d.ts';
import { square } from './square.ts';

test('averagePool2d has the gradient of its value', () =>
  expectGradient((x) => square(averagePool2d(x, 2)), [[2, 4, 5, 3]]));

test('windows that overlap and padding have the gradient of their value', () =>
  expectGradient(
    (x) => square(averagePool2d(x, 3, { stride: 2, padding: 'same' })),
    [[2, 4, 5, 3]],
  ));

test('each channel has its own mean, and padding does not count', async () => {
  const image = known([1, 10, 3, 30, 5, 50], [1, 1, 3, 2]);
  const y = averagePool2d(image, 2, { padding: 'same' });
  expect(y.shape).toEqual([1, 1, 2, 2]);
  expect(await numbersOf(y)).toEqual([2, 20, 5, 50]);
});

test('what is not images is refused', () => {
  expect(() => averagePool2d(zeros([2, 3, 4]), 2)).toThrow(
    'averagePool2d: expected images n × height × width × channels; got 2 × 3 × 4.',
  );
});
