import { expect, test } from 'vitest';
import { zeros } from '../../testing/operation-checks.ts';
import { placesOf, windowsOf } from './windows.ts';

const images = zeros([2, 5, 7, 3]);

test.each([
  ['valid', 1, { down: 3, across: 6, top: 0, left: 0 }],
  ['valid', 2, { down: 2, across: 3, top: 0, left: 0 }],
  ['same', 1, { down: 5, across: 7, top: 1, left: 0 }],
  ['same', 2, { down: 3, across: 4, top: 1, left: 0 }],
  ['same', 4, { down: 2, across: 2, top: 1, left: 0 }],
] as const)('3 × 2 windows on 5 × 7 places, %s, stride %i', (padding, stride, expected) => {
  expect(windowsOf('test', images, [3, 2], stride, padding)).toMatchObject(expected);
});

test('a window that reaches into the padding sees the places inside, of its own image', () => {
  const windows = windowsOf('test', images, [3, 2], 1, 'same');
  const places = new Int32Array(4);
  placesOf(windows, 0, places);
  expect(Array.from(places)).toEqual([0, 2, 0, 2]);
  placesOf(windows, 2 * 5 * 7 - 1, places);
  expect(Array.from(places)).toEqual([8, 10, 6, 7]);
});
