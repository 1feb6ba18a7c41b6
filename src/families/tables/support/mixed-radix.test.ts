import { expect, test } from 'vitest';
import { ceilRoot, digitsOf, radicesFrom } from './mixed-radix.ts';

test('digits by hand: 23 = 3 + 4·(2 + 3·1)', () => {
  const [a, b, c] = digitsOf([23, 0, 11], [4, 3, 2]);
  expect([a[0], b[0], c[0]]).toEqual([3, 2, 1]);
  expect([a[1], b[1], c[1]]).toEqual([0, 0, 0]);
  expect([a[2], b[2], c[2]]).toEqual([3, 2, 0]);
});

test('no two ids have the same digits, and every digit is below its radix', () => {
  for (const [n, first, parts] of [
    [1000, 32, 2],
    [1000, 250, 2],
    [997, 10, 3],
    [64, 3, 4],
    [7, 7, 3],
  ]) {
    const radices = radicesFrom(first, n, parts);
    expect(radices.length).toBeLessThanOrEqual(parts);
    expect(Math.min(...radices)).toBeGreaterThan(1);
    expect(radices.reduce((a, b) => a * b)).toBeGreaterThanOrEqual(n);
    const digits = digitsOf(
      Array.from({ length: n }, (_, id) => id),
      radices,
    );
    const seen = new Set(Array.from({ length: n }, (_, i) => digits.map((d) => d[i]).join()));
    expect(seen.size).toBe(n);
    digits.forEach((own, place) => {
      expect(Math.max(...own)).toBeLessThan(radices[place]);
    });
  }
});

test('n ids need no more radices than one of n', () => {
  expect(radicesFrom(7, 7, 3)).toEqual([7]);
  expect(radicesFrom(4, 7, 3)).toEqual([4, 2]);
});

test('roots are exact where those of floating-point numbers need not be', () => {
  expect(ceilRoot(125, 3)).toBe(5);
  expect(ceilRoot(126, 3)).toBe(6);
  expect(ceilRoot(10 ** 15, 5)).toBe(1000);
  expect(ceilRoot(1, 4)).toBe(1);
  expect(ceilRoot(9, 1)).toBe(9);
});
