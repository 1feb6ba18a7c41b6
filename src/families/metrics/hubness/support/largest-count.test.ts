import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { largestOf } from './largest-count.ts';

test('the largest of n counts follows their exponential tail beyond the simulated ones', () => {
  const random = Random.fromSeed(4);
  const geometric = () => Math.floor(-Math.log(1 - random.uniform()) * 20);
  const draws = Array.from({ length: 10 }, () => Int32Array.from({ length: 2000 }, geometric));
  const { low, value, high } = largestOf(draws, 100_000);
  // P(X ≥ x) = e^{−x/20}: the median of the largest is 20·ln(n/ln 2).
  expect(Math.abs(value / (20 * Math.log(100_000 / Math.LN2)) - 1)).toBeLessThan(0.1);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});
