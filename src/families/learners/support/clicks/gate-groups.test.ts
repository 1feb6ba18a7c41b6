import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { findGroups, groupOf } from './gate-groups.ts';

/** Even rows want the first two columns of four, odd ones the last, the fourth more. */
const openness = (row: number) =>
  row % 2 === 0 ? Float64Array.of(0.9, 0.8, 0.1, 0) : Float64Array.of(0, 0.1, 0.7, 0.9);
const rows = Int32Array.from({ length: 40 }, (_, i) => i);
const found = (groups: number, kept: number) => {
  const own = { centers: new Float64Array(4 * groups), masks: new Float64Array(4 * groups) };
  findGroups(own, rows, openness, { groups, kept, random: Random.fromSeed(1) });
  return own;
};

test('examples with like gates are one group, which keeps the columns they have open', () => {
  const own = found(2, 0.5);
  const maskOf = (row: number) => {
    const group = groupOf(own, openness(row));
    return [...own.masks.slice(4 * group, 4 * group + 4)];
  };
  expect(maskOf(0)).toEqual([1, 1, 0, 0]);
  expect(maskOf(1)).toEqual([0, 0, 1, 1]);
});

test('one group has the mean gates of all', () => {
  const { centers, masks } = found(1, 0.25);
  [0.45, 0.45, 0.4, 0.45].forEach((p, c) => {
    expect(centers[c]).toBeCloseTo(p, 12);
  });
  expect(masks.reduce((a, b) => a + b, 0)).toBe(1);
});

test('without a share the columns that are open more often than not are kept, one at least', () => {
  expect([...found(1, 0).masks].filter((is) => is === 1)).toHaveLength(1);
  const own = found(2, 0);
  expect(own.masks.reduce((a, b) => a + b, 0)).toBe(4);
});
