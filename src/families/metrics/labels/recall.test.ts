import { expect, test } from 'vitest';
import { fromRows } from '../../../testing/points.ts';
import { recall } from './recall.ts';

/** Documents e₁ … e₄; the query has them in the order 1, 2, 3, 4. */
const points = fromRows([
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]);
const queries = fromRows([[4, 3, 2, 1]]);
const judgements = [0, 1, 3].map((document) => ({ query: 0, document }));

test('of three answers at ranks 1, 2 and 4, recall@k is 1/3, 2/3, 2/3, 1', async () => {
  const values: number[] = [];
  for (const k of [1, 2, 3, 4]) {
    const { value } = await recall(points, { k }, { answers: { queries, judgements } });
    values.push(value);
  }
  expect(values).toEqual([1 / 3, 2 / 3, 2 / 3, 1]);
});

test('under rows in random order it is k/n', async () => {
  const { null: expected } = await recall(points, { k: 3 }, { answers: { queries, judgements } });
  expect(expected?.value).toBeCloseTo(3 / 4, 12);
});
