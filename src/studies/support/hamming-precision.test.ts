import { expect, test } from 'vitest';
import { hammingPrecision, tiedPrecision } from './hamming-precision.ts';

test('without ties it is the average precision', () => {
  // Right rows come first and third: (1/1 + 2/3)/2.
  const precision = tiedPrecision(Int32Array.of(2, 0, 1), Int32Array.of(1, 1, 0), 1);
  expect(precision).toBeCloseTo(5 / 6, 14);
});

test('of equal distances it is the mean over all orders', () => {
  // Two right among three: orders give 1, 5/6 and 7/12.
  const precision = tiedPrecision(Int32Array.of(4, 4, 4), Int32Array.of(7, 2, 7), 7);
  expect(precision).toBeCloseTo((1 + 5 / 6 + 7 / 12) / 3, 14);
});

test('codes by class find all, and a class without rows is left out', () => {
  const codes = { words: Uint32Array.of(0, 7, 0, 7), rows: 4, width: 1 };
  const among = { codes, labels: Int32Array.of(0, 1, 0, 1) };
  const queries = { codes, labels: Int32Array.of(0, 1, 5, 1) };
  expect(hammingPrecision(queries, among)).toBe(1);
});
