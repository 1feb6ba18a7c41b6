import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { smallestGaps } from './smallest-gaps.ts';

/** The mean of the `count` smallest gaps, from all of them. */
function byHand(values: Float64Array, count: number): number {
  const gaps: number[] = [];
  values.forEach((x, i) => {
    for (let j = 0; j < i; j++) gaps.push(Math.abs(x - values[j]));
  });
  const least = gaps.toSorted((a, b) => a - b).slice(0, count);
  return least.reduce((sum, gap) => sum + gap, 0) / count;
}

test('is the mean of the smallest gaps, with ties and equal values too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, share) => {
        const values = Float64Array.from(list, (x) => x / 3);
        const pairs = (values.length * (values.length - 1)) / 2;
        const count = Math.max(1, Math.round(share * pairs));
        const slopes = new Float64Array(values.length);
        const mean = smallestGaps(values.length, count)(values, slopes);
        expect(mean).toBeCloseTo(byHand(values, count), 12);
      },
    ),
  );
});

test('is piecewise linear: a short step changes it by its slopes, exactly', () => {
  const random = Random.fromSeed(2);
  const values = Float64Array.from({ length: 30 }, () => random.normal());
  const direction = Float64Array.from({ length: 30 }, () => random.normal());
  for (const count of [1, 100, 300, 435]) {
    const gaps = smallestGaps(30, count);
    const slopes = new Float64Array(30);
    const before = gaps(values, slopes);
    const slope = slopes.reduce((sum, s, i) => sum + s * direction[i], 0);
    // So short that no two gaps change places.
    const moved = values.map((x, i) => x + 1e-7 * direction[i]);
    const after = gaps(moved, new Float64Array(30));
    expect((after - before) / 1e-7).toBeCloseTo(slope, 6);
  }
});

test('gaps that tie at the end share their places, whatever the order of the values', () => {
  // Gaps 1, 1, 2: half a place for each 1.
  const slopes = new Float64Array(3);
  expect(smallestGaps(3, 1)(Float64Array.of(2, 1, 3), slopes)).toBe(1);
  expect([...slopes]).toEqual([0, -0.5, 0.5]);
});
