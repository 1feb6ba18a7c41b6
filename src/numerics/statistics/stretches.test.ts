import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { studentQuantile } from '../laws/student.ts';
import { stretchedMean } from './stretches.ts';

test('over equal stretches the interval is Student’s of their means', () => {
  const means = [3, 1, 4, 1];
  const values = means.flatMap((m) => [m - 1, m, m, m, m + 1]);
  const { value, low = NaN, high = NaN } = stretchedMean(values);
  const squares = means.reduce((sum, m) => sum + (m - 2.25) ** 2, 0);
  const half = studentQuantile(0.95, 3) * Math.sqrt(squares / 3 / 4);
  expect(value).toBe(2.25);
  expect([value - low, high - value]).toEqual([expect.closeTo(half, 12), expect.closeTo(half, 12)]);
});

test('holds the mean of a series with memory about as often as it says', () => {
  const random = Random.fromSeed(1);
  let held = 0;
  for (let draw = 0; draw < 300; draw++) {
    let x = random.normal() / Math.sqrt(1 - 0.49);
    const values = Array.from({ length: 400 }, () => {
      x = 0.7 * x + random.normal();
      return x;
    });
    const { low = NaN, high = NaN } = stretchedMean(values);
    if (low <= 0 && 0 <= high) held += 1;
  }
  expect(held).toBeGreaterThan(0.89 * 300);
});

test('a short series has a mean and no interval', () => {
  expect(stretchedMean([1, 2, 3])).toEqual({ value: 2 });
});
