import { expect, test } from 'vitest';
import { landmarks } from './landmarks.ts';

test('landmarks are different rows, far apart, the first one first', () => {
  const line = Array.from({ length: 100 }, (_, i) => [i, 0]).flat();
  expect(landmarks(line, 2, 3)).toEqual([0, 99, 49]);
  expect(landmarks(line, 2)).toHaveLength(28);
  expect(new Set(landmarks(line, 2)).size).toBe(28);
});

test('few rows are all taken, those without a place are not', () => {
  expect(landmarks([], 3)).toEqual([]);
  expect(landmarks([1, 0, 0, 1, 0, 0], 3)).toEqual([0, 1]);
  expect(landmarks([Number.NaN, 0, 1, 1, 2, 2], 2)).toEqual([1, 2]);
  expect(landmarks([Number.NaN, 0], 2)).toEqual([]);
});
