import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { globalAveragePool } from './global-average-pool.ts';
import { square } from './square.ts';

test('globalAveragePool has the gradient of its value', () =>
  expectGradient((x) => square(globalAveragePool(x)), [[2, 3, 2, 4]]));

test('each channel has the mean of its image', async () => {
  const y = globalAveragePool(known([1, 10, 3, 30, 0, 0, 0, 8], [2, 2, 1, 2]));
  expect(y.shape).toEqual([2, 2]);
  expect(await numbersOf(y)).toEqual([2, 20, 0, 4]);
});

test('what is not images is refused', () => {
  expect(() => globalAveragePool(zeros([2, 3]))).toThrow(
    'globalAveragePool: expected images n × height × width × channels; got 2 × 3.',
  );
});
