import { expect, test } from 'vitest';
import { characterGrams } from './character-grams.ts';

const shown = (word: string) =>
  characterGrams(word).map((gram) => gram.replace('\u0002', '‹').replace('\u0003', '›'));

test('a short word has its runs of three and of two', () => {
  expect(shown('Cat')).toEqual(['‹ca', 'cat', 'at›', '‹c', 'ca', 'at', 't›']);
});

test('a longer word has its runs of three alone, each once', () => {
  expect(shown('banana')).toEqual(['‹ba', 'ban', 'ana', 'nan', 'na›']);
});

test('a character outside the basic plane is one', () => {
  expect(shown('😀')).toEqual(['‹😀›', '‹😀', '😀›']);
});

test('the empty word has the run of its marks alone', () => {
  expect(shown('')).toEqual(['‹›']);
});
