import { expect, test } from 'vitest';
import { fromRows } from '../../../testing/points.ts';
import { ndcg } from './ndcg.ts';

test('gains 3, 0, 1 in that order: (3 + 1/log₂4)/(3 + 1/log₂3)', async () => {
  const points = fromRows([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const judgements = [
    { query: 0, document: 0, relevance: 3 },
    { query: 0, document: 2, relevance: 1 },
  ];
  const answers = { queries: fromRows([[3, 2, 1]]), judgements };
  const { value } = await ndcg(points, { k: 3 }, { answers });
  expect(value).toBeCloseTo((3 + 1 / Math.log2(4)) / (3 + 1 / Math.log2(3)), 12);
});
