import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['the', 'teh', 1],
  ['ca', 'abc', 3],
  ['hello', 'helo', 0.5],
  ['book', 'boook', 0.5],
  ['über', 'uber', 1],
  ['a😀b', 'ab', 1],
])('from %j to %j it is %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('it is symmetric', () => {
  const words = ['accommodate', 'acomodate', 'recieve', 'receive', 'ba', 'ab', ''];
  for (const a of words) for (const b of words) expect(editDistance(a, b)).toBe(editDistance(b, a));
});
