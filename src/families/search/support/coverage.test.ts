import { describe, expect, test } from 'vitest';
import {
  coverageCount,
  coveredShare,
  independentRanks,
  listsFor,
  rankPlaces,
  rowsSeen,
} from './coverage.ts';

const N = 64;
/** Row i lies at i on a line and is a list of its own; the query is row 0. */
function line() {
  const listOf = Int32Array.from({ length: N }, (_, i) => i);
  const scores = Float32Array.from(listOf, (i) => -i);
  const count = coverageCount(listOf, N);
  count.add({ self: 0, scores, order: listOf });
  return count.result();
}

describe('what the first lists hold', () => {
  test('of single rows in their order: the r-th nearest lies in the lists from r + 1 on', () => {
    const coverage = line();
    for (const rank of [1, 2])
      for (const lists of coverage.probes)
        expect(coveredShare(coverage, [rank], lists)).toBe(lists > rank ? 1 : 0);
    expect(listsFor(coverage, [1], 1)).toBe(2);
    expect(coveredShare(coverage, [63], coverage.probes.at(-2) ?? 0)).toBe(0);
    expect(coveredShare(coverage, [63], 64)).toBe(1);
    expect(listsFor(coverage, [63], 1)).toBe(64);
  });

  test('is fine at both ends: ranks 1, 2, … and …, the last but one, the last', () => {
    const { ranks } = line();
    expect(ranks.slice(0, 3)).toEqual([1, 2, 3.5]);
    expect(ranks.slice(-2)).toEqual([62, 63]);
  });

  test('rises with the lists, and all lists hold all rows', () => {
    const coverage = line();
    for (const own of coverage.shares) {
      expect(own.every((share, t) => t === 0 || share >= own[t - 1])).toBe(true);
      expect(own.at(-1)).toBe(1);
    }
    expect(coverage.seen).toEqual(coverage.probes);
    expect(rowsSeen(coverage, N)).toBe(N);
  });

  test('a single row', () => {
    const count = coverageCount(Int32Array.of(0), 1);
    count.add({ self: 0, scores: Float32Array.of(1), order: Int32Array.of(0) });
    expect(count.result()).toEqual({ ranks: [1], probes: [1], shares: [[1]], seen: [1] });
  });
});

describe('ranks', () => {
  test('of the k nearest that pass are 1/p apart, if the filter is independent', () => {
    expect(independentRanks(3, 0.1)).toEqual([10, 20, 30]);
  });

  test('of many, sixteen stand for all, the last among them', () => {
    expect(rankPlaces(100)).toHaveLength(16);
    expect(rankPlaces(100).at(-1)).toBe(100);
    expect(rankPlaces(2)).toEqual([1, 2]);
  });
});
