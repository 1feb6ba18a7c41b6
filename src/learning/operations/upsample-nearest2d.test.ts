import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { averagePool2d } from './average-pool2d.ts';
import { square } from './square.ts';
import { upsampleNearest2d } from './upsample-nearest2d.ts';

test('upsampleNearest2d has the gradient of its value', () =>
  expectGradient((x) => square(upsampleNearest2d(x, 3)), [[2, 2, 3, 2]]));

test('each place becomes a square of equal ones, channel by channel', async () => {
  const y = upsampleNearest2d(known([1, 10, 2, 20], [1, 1, 2, 2]), 2);
  expect(y.shape).toEqual([1, 2, 4, 2]);
  const row = [1, 10, 1, 10, 2, 20, 2, 20];
  expect(await numbersOf(y)).toEqual([...row, ...row]);
});

test('averages of the squares are the images', async () => {
  const numbers = Array.from({ length: 2 * 3 * 2 * 2 }, (_, e) => e);
  const x = known(numbers, [2, 3, 2, 2]);
  expect(await numbersOf(averagePool2d(upsampleNearest2d(x, 4), 4))).toEqual(numbers);
});

test('what is not images, and a factor that is no whole number, are refused', () => {
  expect(() => upsampleNearest2d(zeros([3, 4]), 2)).toThrow(
    'upsampleNearest2d: expected images n × height × width × channels; got 3 × 4.',
  );
  expect(() => upsampleNearest2d(zeros([1, 2, 2, 1]), 1.5)).toThrow(
    'upsampleNearest2d: option "factor" must be a whole number from 1; got 1.5.',
  );
});
