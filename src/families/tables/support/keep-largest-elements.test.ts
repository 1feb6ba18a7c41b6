import { expect, test } from 'vitest';
import { keepLargestElements } from './keep-largest-elements.ts';

/** Two fields with rows of two columns. */
const sizes = [Float64Array.of(4, 0, 3, 1), Float64Array.of(2, 5)];
const kept = (room: number, own = sizes) => {
  const masks = own.map(({ length }) => new Float64Array(length).fill(1));
  keepLargestElements(masks, { dim: 2, room, sizes: own });
  return masks.map((mask) => [...mask]);
};
/** A byte for the form of each field, and one for its at most eight bits. */
const PLACES = 2 * 2;

test('keeps the largest numbers of all fields that fit beside their places', () => {
  expect(kept(PLACES + 3 * 4)).toEqual([
    [1, 0, 1, 0],
    [0, 1],
  ]);
  expect(kept(PLACES + 3 * 4 - 1)).toEqual([
    [1, 0, 0, 0],
    [0, 1],
  ]);
});

test('numbers of size 0 are left out where there is room', () => {
  expect(kept(100)).toEqual([
    [1, 0, 1, 1],
    [1, 1],
  ]);
});

test('of numbers that are as large the first stay', () => {
  expect(kept(PLACES + 2 * 4, [Float64Array.of(0, 1, 1, 1), Float64Array.of(1, 1)])).toEqual([
    [0, 1, 1, 0],
    [0, 0],
  ]);
});
