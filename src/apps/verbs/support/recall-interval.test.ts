import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { recallInterval } from './recall-interval.ts';

const groups = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

test('the interval of a share is about that of the normal law where there are many rows', () => {
  const hits = Float64Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const { value, low, high } = recallInterval(hits, groups(1000), Random.fromSeed(1));
  const half = 1.96 * Math.sqrt((0.25 * 0.75) / 1000);
  expect(value).toBe(0.25);
  // The ends of 1,000 resamples have a standard error of some 6 % of the half width.
  expect(Math.abs(low - (0.25 - half))).toBeLessThan(0.2 * half);
  expect(Math.abs(high - (0.25 + half))).toBeLessThan(0.2 * half);
});

test('rows of a group count together: the interval is as wide as that of the groups', () => {
  const hits = Float64Array.from({ length: 400 }, (_, i) => (i % 80 < 20 ? 1 : 0));
  const byRow = recallInterval(hits, groups(400), Random.fromSeed(1));
  const inTens = recallInterval(
    hits,
    groups(400).map((i) => Math.floor(i / 10)),
    Random.fromSeed(1),
  );
  expect((inTens.high - inTens.low) / (byRow.high - byRow.low)).toBeGreaterThan(2.5);
});

test('where none was found the open end is the exact binomial one', () => {
  const { value, low, high } = recallInterval(new Float64Array(50), groups(50), Random.fromSeed(1));
  expect([value, low]).toEqual([0, 0]);
  // (1 − p)⁵⁰ = 0.025
  expect((1 - high) ** 50).toBeCloseTo(0.025, 12);
});

test('values that a trend took beyond 0 and 1 leave room for the rows that were not asked', () => {
  // All 40 partners were found, a quarter of them not by the map of half as many pairs.
  const above = Float64Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1.32 : 1));
  const found = recallInterval(above, groups(40), Random.fromSeed(1));
  expect([found.value, found.high]).toEqual([1, 1]);
  // No surer than where the other map had found them, too: 0.025^(1/40) = 0.912.
  expect(found.low).toBeLessThan(0.925);
  const below = recallInterval(
    above.map((value) => 1 - value),
    groups(40),
    Random.fromSeed(1),
  );
  expect([below.value, below.low]).toEqual([0, 0]);
  expect(below.high).toBeGreaterThan(0.075);
});

test('one row missed of many gives an interval that is no narrower than that of Wilson', () => {
  const hits = Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 0 : 1));
  const { low, high } = recallInterval(hits, groups(100), Random.fromSeed(1));
  // (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n) with z = 1.96
  expect(low).toBeLessThan(0.9456);
  expect(high).toBeGreaterThan(0.9982);
});
