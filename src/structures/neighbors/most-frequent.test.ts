import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { mostFrequent } from './most-frequent.ts';

test('the largest counts come first, equal ones by their place', () => {
  expect([...mostFrequent(Int32Array.of(0, 3, 1, 3, 0), 3)]).toEqual([1, 3, 2]);
  expect([...mostFrequent(Int32Array.of(0, 0, 0), 2)]).toEqual([0, 1]);
  expect([...mostFrequent(Int32Array.of(2, 1), 9)]).toEqual([0, 1]);
  expect([...mostFrequent(new Int32Array(0), 3)]).toEqual([]);
});

test('it is what sorting all of them gives', () => {
  const random = Random.fromSeed(1);
  const counts = Int32Array.from({ length: 500 }, () => random.integer(12));
  const sorted = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  for (const m of [1, 20, 77, 500])
    expect([...mostFrequent(counts, m)]).toEqual(sorted.slice(0, m));
});
