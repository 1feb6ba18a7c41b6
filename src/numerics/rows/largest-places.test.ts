import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { largestPlaces } from './largest-places.ts';

test('the largest come first, equal ones by lower place', () => {
  expect([...largestPlaces([9, 1, 3, 2, 3, 3, 0], 1, 7, 3)]).toEqual([1, 3, 4]);
});

test('they are those of a sort', () => {
  const random = Random.fromSeed(1);
  const data = Float64Array.from({ length: 200 }, () => random.integer(40));
  for (const k of [1, 7, 64, 200]) {
    const sorted = Array.from(data.keys()).sort((a, b) => data[b] - data[a] || a - b);
    expect([...largestPlaces(data, 0, 200, k)]).toEqual(sorted.slice(0, k));
  }
});

test('there are fewer where there are fewer, and none that are left out', () => {
  expect([...largestPlaces([2, 5], 0, 2, 3)]).toEqual([1, 0]);
  expect([...largestPlaces([2, 5, 4], 0, 3, 3, [1, 0, 1])]).toEqual([2, 0]);
  expect([...largestPlaces([2, 5, 4], 0, 3, 2, [0, 0, 0])]).toEqual([]);
});
