import { expect, test } from 'vitest';
import { fromRows } from '../../../testing/points.ts';
import { reciprocalRank } from './reciprocal-rank.ts';

test('first answers at ranks 1 and 3 have the mean (1 + 1/3)/2', async () => {
  const points = fromRows([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const queries = fromRows([
    [3, 2, 1],
    [3, 2, 1],
  ]);
  const judgements = [
    { query: 0, document: 0 },
    { query: 0, document: 2 },
    { query: 1, document: 2 },
  ];
  const { value } = await reciprocalRank(points, {}, { answers: { queries, judgements } });
  expect(value).toBeCloseTo((1 + 1 / 3) / 2, 12);
});
