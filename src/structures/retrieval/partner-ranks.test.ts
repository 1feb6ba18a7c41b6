import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { hitsAt, meanReciprocalRank, partnerRanks } from './partner-ranks.ts';

const axes = matrix(Float64Array.of(1, 0, 0, 1, 1, 1, -1, 0), 4, 2);
const ranksOf = (asked: number[], partners: number[]) =>
  partnerRanks(matrix(Float64Array.from(asked), asked.length / 2, 2), axes, partners, {
    engine: referenceEngine,
  });

test('a partner stands behind the rows with a larger cosine, whatever their length', async () => {
  const ranks = await ranksOf([5, 1, 5, 1, 5, 1], [0, 2, 3]);
  expect([...ranks.above]).toEqual([0, 1, 3]);
  expect([...hitsAt(ranks, 1)]).toEqual([1, 0, 0]);
  expect([...hitsAt(ranks, 2)]).toEqual([1, 1, 0]);
  expect(meanReciprocalRank(ranks)).toBeCloseTo((1 + 1 / 2 + 1 / 4) / 3, 15);
});

test('of equal rows each may be the nearest', async () => {
  const ranks = await ranksOf([0, 0], [1]);
  expect(ranks.equal[0]).toBe(3);
  expect(hitsAt(ranks, 1)[0]).toBe(1 / 4);
  expect(hitsAt(ranks, 10)[0]).toBe(1);
});
