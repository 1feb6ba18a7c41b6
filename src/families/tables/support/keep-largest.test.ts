import { expect, test } from 'vitest';
import { parameter } from '../../../learning/index.ts';
import { keepLargest } from './keep-largest.ts';

/** Two fields, rows of two columns; mean sizes 4, 1, 3 and 2, 5. */
const rows = () => ({
  tables: [
    parameter('a', Float64Array.of(4, -4, 1, 1, 3, 3), [3, 2]),
    parameter('b', Float64Array.of(2, 2, -5, 5), [2, 2]),
  ],
  kept: [new Float64Array(3), new Float64Array(2)],
  widths: Float64Array.of(2, 2),
});
const kept = (own: ReturnType<typeof rows>, room: number, thresholds = [0, 0]) => {
  keepLargest(own, { dim: 2, room, thresholds });
  return own.kept.map((field) => [...field]);
};

test('keeps the largest rows of all fields that fit', () => {
  expect(kept(rows(), 3 * 8)).toEqual([
    [1, 0, 1],
    [0, 1],
  ]);
});

test('a narrower field has room for more of its rows', () => {
  const own = rows();
  own.widths.set([1, 1]);
  expect(kept(own, 4 * 4)).toEqual([
    [1, 0, 1],
    [1, 1],
  ]);
});

test('rows compete by what they are above the threshold of their field', () => {
  expect(kept(rows(), 3 * 8, [0, 2.5])).toEqual([
    [1, 0, 1],
    [0, 1],
  ]);
  expect(kept(rows(), 2 * 8, [0, 2.5])).toEqual([
    [1, 0, 1],
    [0, 0],
  ]);
});

test('rows below their thresholds are left out where there is room', () => {
  expect(kept(rows(), 100, [2, 3])).toEqual([
    [1, 0, 1],
    [0, 1],
  ]);
});
