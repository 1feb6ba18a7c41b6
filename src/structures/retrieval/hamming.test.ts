import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { bitWords, hammingDistances } from './hamming.ts';

const random = Random.fromSeed(8);
const drawn = (rows: number, width: number) => ({
  bytes: Uint8Array.from({ length: rows * width }, () => random.integer(256)),
  rows,
  width,
});

function bitByBit(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  a.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) count += ((byte ^ b[at]) >> bit) & 1;
  });
  return count;
}

test.each([1, 3, 4, 7, 8, 64])('rows of %i bytes: the bits counted one by one', (width) => {
  const [asked, rows] = [drawn(3, width), drawn(11, width)];
  const found = hammingDistances(asked, rows);
  for (let q = 0; q < 3; q++)
    for (let i = 0; i < 11; i++)
      expect(found[q * 11 + i]).toBe(
        bitByBit(
          asked.bytes.subarray(q * width, (q + 1) * width),
          rows.bytes.subarray(i * width, (i + 1) * width),
        ),
      );
});

test('all bits of a word differ: 32, and a row from itself: 0', () => {
  const [zero, one] = [0, 255].map((x) => ({
    bytes: new Uint8Array(4).fill(x),
    rows: 1,
    width: 4,
  }));
  expect([...hammingDistances(zero, one)]).toEqual([32]);
  expect([...hammingDistances(one, one)]).toEqual([0]);
});

test('rows that begin anywhere in memory are the same rows', () => {
  const { bytes, ...shape } = drawn(5, 8);
  const apart = new Uint8Array(bytes.length + 3);
  apart.set(bytes, 3);
  expect(bitWords({ bytes: apart.subarray(3), ...shape })).toEqual(bitWords({ bytes, ...shape }));
});

test('rows of another length are refused', () => {
  expect(() => hammingDistances(drawn(1, 4), drawn(1, 8))).toThrow(
    'expected queries of 8 bytes; got 4.',
  );
});
