import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { betaDraw } from './beta-draw.ts';

test.each([0.15, 0.5, 1])('Beta(%d, same) has mean 1/2 and variance 1/(4(2a + 1))', (a) => {
  const random = Random.fromSeed(1);
  const draws = Array.from({ length: 20_000 }, () => betaDraw(random, a));
  const mean = draws.reduce((s, x) => s + x, 0) / draws.length;
  const variance = draws.reduce((s, x) => s + (x - mean) ** 2, 0) / draws.length;
  // Five standard errors of the mean, √(v/n) ≤ 0.0034; those of the variance are smaller.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.017);
  expect(Math.abs(variance - 1 / (4 * (2 * a + 1)))).toBeLessThan(0.01);
});
