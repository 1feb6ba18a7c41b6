import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { linear } from './linear.ts';
import { normalizeRows } from './normalize-rows.ts';
import { scale } from './scale.ts';

test('linear has the gradient of its value', () =>
  expectGradient((x, w, b) => linear(x, w, b), [[2, 3, 4], [5, 4], [5]]));

test('a layer by hand', async () => {
  const weight = known([1, 1, 2, 0, 0, -1], [3, 2]);
  const y = linear(known([3, 4], [1, 2]), weight, known([10, 20, 30]));
  expect(await numbersOf(y)).toEqual([17, 26, 26]);
});

test('the cosine logits of unit rows are a composition, with the gradient of their value', () =>
  expectGradient(
    (x, w) => scale(linear(normalizeRows(x), normalizeRows(w)), 16),
    [
      [3, 4],
      [5, 4],
    ],
  ));

test('weights and biases that do not fit are refused', () => {
  expect(() => linear(zeros([2, 3]), zeros([2, 4]))).toThrow(
    'linear: expected weights of 3 columns; got 2 × 4.',
  );
  expect(() => linear(zeros([2, 3]), zeros([2, 3]), zeros([3]))).toThrow(
    'linear: expected a bias of 2 numbers; got 3.',
  );
});
