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
