import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { normals } from '../../testing/gradient-check.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { embedding } from './embedding.ts';
import { multiply } from './multiply.ts';

const product = (t: Tensor) => multiply(embedding(t, [1, 4, 1]), embedding(t, [1, 1, 0]));

test('embedding has the gradient of its value', () => expectGradient(product, [[5, 3]]));

test('embedding by rows has the gradient of its value', () =>
  expectGradient(product, [
    parameter('table', normals(Random.fromSeed(3), [5, 3]), [5, 3], { byRows: true }),
  ]));

test('rows are looked up, under any shape of ids', async () => {
  const rows = embedding(known([1, 2, 3, 4], [2, 2]), [1, 0, 1, 1], [2, 2]);
  expect(rows.shape).toEqual([2, 2, 2]);
  expect(await numbersOf(rows)).toEqual([3, 4, 1, 2, 3, 4, 3, 4]);
});

test('an id that is not there is refused', () => {
  expect(() => embedding(zeros([2, 3]), [0, 2])).toThrow(
    'embedding: id 2 at place 1 is not in 0 … 1.',
  );
});
