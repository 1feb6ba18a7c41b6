import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  averagePrecisionOf,
  discountedGain,
  rankings,
  rankingsOfLists,
  recallAt,
  reciprocalRankOf,
} from './rankings.ts';

const judgements = [
  { query: 0, document: 2, relevance: 2 },
  { query: 0, document: 0 },
  { query: 2, document: 3 },
];

test('ranks in lists count from 1; what was not found is at infinity', () => {
  const found = rankingsOfLists([[2, 1], [], [0, 1]], judgements, 4);
  expect(found.queries).toEqual([0, 2]);
  expect(found.ranks).toEqual([Float64Array.of(Infinity, 1), Float64Array.of(Infinity)]);
  expect(found.gains).toEqual([Float64Array.of(1, 2), Float64Array.of(1)]);
  expect(found.warnings).toEqual(['1 query has no relevant document and is left out.']);
});

test('what was not found adds nothing to any number', () => {
  const { ranks, gains } = rankingsOfLists([[2, 1], [], [0, 1]], judgements, 4);
  expect(recallAt(ranks[0], 10)).toBe(0.5);
  expect(reciprocalRankOf(ranks[0])).toBe(1);
  expect(averagePrecisionOf(ranks[0])).toBe(0.5);
  expect(discountedGain(ranks[0], gains[0], 10)).toBeCloseTo(2 / (2 + 1 / Math.log2(3)), 12);
  for (const number of [recallAt, reciprocalRankOf, averagePrecisionOf])
    expect(number(ranks[1], 10)).toBe(0);
});

test('whole lists by cosine give the ranks of the vectors themselves', async () => {
  const documents = matrix(new Float64Array([1, 0, 0, 1, 1, 1, 2, 1]), 4, 2);
  const queries = matrix(new Float64Array([1, 0, 0, 1, 1, 2]), 3, 2);
  const whole = await rankings({ queries, judgements }, documents, referenceEngine);
  const lists = [
    [0, 3, 2, 1],
    [1, 2, 3, 0],
    [2, 1, 3, 0],
  ];
  expect(rankingsOfLists(lists, judgements, 4)).toEqual(whole);
});
