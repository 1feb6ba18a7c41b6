import { expect, test } from 'vitest';
import { firstCrossing } from './first-crossing.ts';

test('half way up between 4 and 16 is 8, as lines are drawn in log x', () => {
  expect(firstCrossing({ x: [1, 4, 16], y: [0, 0.2, 0.4] }, 0.3)).toBeCloseTo(8, 12);
});

test('a curve that comes down again crosses where it does first', () => {
  expect(firstCrossing({ x: [1, 2, 4, 8], y: [0, 1, 0, 1] }, 1)).toBe(2);
});

test('a curve that begins there has its first place, one that never comes there none', () => {
  expect(firstCrossing({ x: [3, 5], y: [0.9, 1] }, 0.5)).toBe(3);
  expect(firstCrossing({ x: [3, 5], y: [0.1, 0.2] }, 0.5)).toBe(null);
  expect(firstCrossing({ x: [], y: [] }, 0.5)).toBe(null);
});
