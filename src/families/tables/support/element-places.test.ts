import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { packedPlaces, placesBytes, unpackPlaces } from './element-places.ts';

function maskOf(rows: number, dim: number, isLeft: (row: number, column: number) => boolean) {
  return Float32Array.from({ length: rows * dim }, (_, e) =>
    isLeft(Math.floor(e / dim), e % dim) ? 1 : 0,
  );
}
const restored = (packed: Uint8Array, dim: number, length: number) => {
  const mask = new Float32Array(length).fill(7);
  unpackPlaces(packed, dim, mask);
  return mask;
};

test('most places: a bit a place', () => {
  const mask = maskOf(8, 16, (row, column) => row + column > 4);
  const packed = packedPlaces(mask, 16);
  expect([packed[0], packed.length]).toEqual([0, 1 + 16]);
  expect(restored(packed, 16, mask.length)).toEqual(mask);
});

test('a few full rows: a bit a row, and a bit a place of these', () => {
  const mask = maskOf(80, 16, (row, column) => row % 40 === 3 && column !== 5);
  const packed = packedPlaces(mask, 16);
  expect([packed[0], packed.length]).toEqual([1, 1 + 10 + 4]);
  expect(restored(packed, 16, mask.length)).toEqual(mask);
});

test('a place here and there: a bit a row, how many and in which columns', () => {
  const mask = maskOf(80, 16, (row, column) => row % 8 === 3 && column === row % 16);
  const packed = packedPlaces(mask, 16);
  // Ten rows of 4 bits that say one, and 4 of the column.
  expect([packed[0], packed.length]).toEqual([2, 1 + 10 + 5 + 5]);
  expect(restored(packed, 16, mask.length)).toEqual(mask);
});

test('any mask comes back, in the bytes that its counts say', () => {
  const random = Random.fromSeed(3);
  for (const dim of [1, 2, 3, 5, 16, 17]) {
    for (const share of [0, 0.02, 0.1, 0.3, 0.6, 1]) {
      const mask = maskOf(37, dim, () => random.uniform() < share);
      const rows = Array.from({ length: 37 }, (_, row) =>
        mask.subarray(row * dim, (row + 1) * dim).includes(1),
      ).filter(Boolean).length;
      const elements = mask.filter((one) => one === 1).length;
      const packed = packedPlaces(mask, dim);
      expect(packed.length).toBe(placesBytes({ rows: 37, dim }, { elements, rows }));
      expect(restored(packed, dim, mask.length)).toEqual(mask);
    }
  }
});

test('one more place never takes fewer bytes', () => {
  const grid = { rows: 20, dim: 6 };
  for (let rows = 1; rows <= 20; rows++) {
    for (let elements = rows; elements <= rows * 6; elements++) {
      const bytes = placesBytes(grid, { rows, elements });
      expect(placesBytes(grid, { rows, elements: elements + 1 })).toBeGreaterThanOrEqual(bytes);
      expect(placesBytes(grid, { rows: rows + 1, elements: elements + 1 })).toBeGreaterThanOrEqual(
        bytes,
      );
    }
  }
});

test('a mask of many rows comes back', () => {
  const mask = maskOf(300_000, 4, (row, column) => (row + column) % 3 === 0);
  const back = restored(packedPlaces(mask, 4), 4, mask.length);
  expect(back.findIndex((one, e) => one !== mask[e])).toBe(-1);
});
