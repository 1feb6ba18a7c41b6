import { expect, test } from 'vitest';
import { gramBags, gramPlaces } from './gram-bags.ts';

const MANY = 2 ** 30;

test('a text has its words, pairs of neighbours, and runs of characters of each word', () => {
  // on: ·on on· and ·o on n·; it: the same; the words; the pair.
  expect(new Set(gramPlaces('on it', MANY)).size).toBe(5 + 5 + 2 + 1);
});

test('words in capitals are the same, another order has other pairs alone', () => {
  expect(gramPlaces('On IT', MANY)).toEqual(gramPlaces('on it', MANY));
  const [there, back] = ['on it', 'it on'].map((text) => new Set(gramPlaces(text, MANY)));
  expect([...there].filter((place) => !back.has(place))).toHaveLength(1);
});

test('places lie within the buckets', () => {
  expect([...new Set(gramPlaces('where are all the words', 3))].toSorted((a, b) => a - b)).toEqual([
    0, 1, 2,
  ]);
});

test('signs and scripts without blanks have places; a text without either is refused', () => {
  expect(gramPlaces('¿?', 8).length).toBeGreaterThan(0);
  expect(gramPlaces('東京都', 8).length).toBeGreaterThan(0);
  expect(() => gramBags('x', ['a', ''], 8)).toThrow(
    'x: text 1 is empty (counted from 0): it has nothing to be embedded by; leave it out.',
  );
  expect(() => gramBags('x', [' \t'], 8)).toThrow('x: text 0 is blank');
});
