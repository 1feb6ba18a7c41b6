import { expect, test } from 'vitest';
import { bytesByShare } from './bytes-by-share.ts';

test('fields get the same share of their full tables', () => {
  const fields = [
    { full: 1000, least: 10 },
    { full: 3000, least: 10 },
  ];
  expect(bytesByShare('t', fields, 400)).toEqual([100, 300]);
  expect(bytesByShare('t', fields, 5000)).toEqual([1000, 3000]);
});

test('a field that needs more takes it from the others', () => {
  const fields = [
    { full: 1000, least: 200 },
    { full: 3000, least: 10 },
  ];
  expect(bytesByShare('t', fields, 400)).toEqual([200, 200]);
});

test('bytes below the least of all are refused', () => {
  expect(() => bytesByShare('t', [{ full: 100, least: 50 }], 49)).toThrow(
    't: option "budget" must be enough for 50 bytes, the smallest table of this kind for these fields; got "49 bytes".',
  );
});
