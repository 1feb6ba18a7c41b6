import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  byCounts,
  byIds,
  byVectors,
  firstTen,
  gainOf,
  meanGain,
  meansOfSets,
  splitLists,
} from './recommended.ts';

const seen = [Int32Array.of(0, 1), Int32Array.of(0, 1, 2), Int32Array.of(2, 3)];

describe('splitLists', () => {
  const lists = Array.from({ length: 10 }, (_, i) => Int32Array.of(i, i + 1, i + 2, i + 3, i + 4));
  const { seen: learned, asked } = splitLists(lists, 0.3, Random.fromSeed(1));

  test('every list is learned from or asked for', () => {
    const parts = [...learned, ...asked.map(({ known, hidden }) => [...known, ...hidden])];
    const sorted = parts.map((items) => [...items].sort((a, b) => a - b).join(' '));
    expect(sorted.sort()).toEqual(lists.map((items) => items.join(' ')).sort());
    expect(asked).toHaveLength(3);
  });

  test('the smaller half is known', () => {
    expect(asked.map(({ known, hidden }) => [known.length, hidden.length])).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
  });
});

test('items score by the cosine of their lists; one in no list scores 0', () => {
  const scores = byIds(seen, 5)(Int32Array.of(0));
  expect([...scores].map((score) => score.toFixed(12))).toEqual(
    [1, 1, 1 / 2, 0, 0].map((score) => score.toFixed(12)),
  );
});

test('counts are the lists of an item, whatever is known', () => {
  expect([...byCounts(seen, 5)(Int32Array.of(4))]).toEqual([2, 2, 2, 1, 0]);
});

test('vectors score by their direction alone', () => {
  const scores = byVectors(matrix(Float32Array.of(1, 0, 0, 9, 0, 1, 5, 0), 4, 2))(Int32Array.of(0));
  expect([...scores]).toEqual([1, 0, 0, 1]);
});

test('the mean of a set is that of its rows', () => {
  const points = matrix(Float32Array.of(1, 2, 3, 6), 2, 2);
  expect([...meansOfSets(points, [Int32Array.of(0, 1), Int32Array.of(1)]).data]).toEqual([
    2, 4, 3, 6,
  ]);
});

describe('firstTen', () => {
  test('best first, equal ones by row, none left out and none of score 0', () => {
    expect(firstTen(Float64Array.of(1, 3, 0, 3, 2, 9), new Set([5]))).toEqual([1, 3, 4, 0]);
  });

  test('ten of more', () => {
    const scores = Float64Array.from({ length: 30 }, (_, i) => 1 + ((i * 7) % 30));
    const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
    expect(firstTen(scores, new Set())).toEqual(order.slice(0, 10));
  });
});

test('a right item at rank 2 of one is worth 1/log₂ 3, at rank 1 all', () => {
  expect(gainOf([4, 7], new Set([7]))).toBeCloseTo(1 / Math.log2(3), 12);
  expect(gainOf([7, 4], new Set([7]))).toBe(1);
  expect(gainOf([], new Set([7]))).toBe(0);
});

test('lists that hide nothing of the kind do not count, and what is hidden of the other is no error', async () => {
  const asked = [
    { known: Int32Array.of(0), hidden: Int32Array.of(1, 2) },
    { known: Int32Array.of(3), hidden: Int32Array.of(5) },
  ];
  const scores = Float64Array.of(9, 8, 7, 6, 5, 4);
  const even = (item: number) => item % 2 === 0;
  const gain = await meanGain(asked, even, (_, leftOut) => firstTen(scores, leftOut));
  expect(gain).toBe(1);
});
