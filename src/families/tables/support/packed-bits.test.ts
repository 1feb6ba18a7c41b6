import { expect, test } from 'vitest';
import { bitsFor, packedBits, unpackBits } from './packed-bits.ts';

test('as many bits as the largest number has', () => {
  expect([1, 2, 3, 4, 5, 256, 257].map(bitsFor)).toEqual([0, 1, 2, 2, 3, 8, 9]);
});

test('three bits a number: 1, 2, 3 are the bits 100 010 11|0', () => {
  expect([...packedBits([1, 2, 3], 3)]).toEqual([0b11010001, 0]);
});

test.each([0, 1, 3, 8, 11])('%i bits and back', (bits) => {
  const values = Int32Array.from({ length: 37 }, (_, i) => (i * 2654435) % 2 ** bits);
  const packed = packedBits(values, bits);
  expect(packed.length).toBe(Math.ceil((37 * bits) / 8));
  const back = new Int32Array(37).fill(-1);
  unpackBits(packed, bits, back);
  expect(back).toEqual(values);
});
