import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { attentionBag } from './attention-bag.ts';
import { multiply } from './multiply.ts';

const ids = [1, 4, 1, 0, 4];
const offsets = [0, 3, 3, 5];

test('scores and values get the gradient of the softmax of each bag', async () => {
  const ratios = await gradientRatios(
    (s, v) => multiply(attentionBag(s, v, ids, offsets), attentionBag(s, v, ids, offsets)),
    [
      [5, 3],
      [5, 3],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('equal scores give the mean of a bag, a score far above all others the value of its id', async () => {
  const values = constant(Float64Array.of(1, 2, 3, 4), [2, 2]);
  const read = (scores: number[]) =>
    evaluate(
      attentionBag(constant(Float64Array.from(scores), [2, 2]), values, [0, 1, 1], [0, 2, 2, 3]),
    );
  expect(await read([0, 0, 0, 0])).toEqual(Float64Array.of(2, 3, 0, 0, 3, 4));
  // Scores of this size overflow where they are not taken from the largest.
  expect(await read([1e4, 0, 0, 1e4])).toEqual(Float64Array.of(1, 4, 0, 0, 3, 4));
});

test('what does not fit is named', () => {
  const table = constant(new Float32Array(4), [2, 2]);
  const three = constant(new Float32Array(6), [2, 3]);
  expect(() => attentionBag(table, three, [0], [0, 1])).toThrow(
    'attentionBag: expected values 2 × 2; got 2 × 3.',
  );
  expect(() => attentionBag(table, table, [2], [0, 1])).toThrow(
    'attentionBag: id 2 at place 0 is not in 0 … 1.',
  );
  expect(() => attentionBag(table, table, [0], [0, 2])).toThrow(
    'attentionBag: offsets must go from 0 to 1, the number of ids; they go from 0 to 2.',
  );
});
