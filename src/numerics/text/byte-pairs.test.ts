import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytePairs, learnBytePairs } from './byte-pairs.ts';

const times = (count: number, word: string) => new Array<string>(count).fill(word);

/** The example of Sennrich, Haddow and Birch 2016, figure 1. */
const toy = [
  ...times(5, 'low'),
  ...times(2, 'lower'),
  ...times(6, 'newest'),
  ...times(3, 'widest'),
];

test('the merges of the paper’s example come in its order', () => {
  const { merges, size, decode } = learnBytePairs(toy, 260);
  expect(size).toBe(260);
  expect(merges.map((_, r) => decode([256 + r]))).toEqual(['es', 'est', 'lo', 'low']);
});

test('a word that was not there is made of pieces that were', () => {
  const { encode, decode } = learnBytePairs(toy, 260);
  expect(Array.from(encode('lowest'), (id) => decode([id]))).toEqual(['low', 'est']);
});

test('pairs that overlap merge from the left', () => {
  const { merges, encode, decode } = learnBytePairs(['aaa aaa'], 257);
  expect(merges).toEqual([[97, 97]]);
  expect(Array.from(encode('aaaaa'), (id) => decode([id]))).toEqual(['aa', 'aa', 'a']);
});

test('learning stops where no pair comes twice', () => {
  expect(learnBytePairs(['ab'], 300).size).toBe(256);
  expect(learnBytePairs(times(2, 'ab'), 300).size).toBe(257);
  expect(learnBytePairs([], 300).size).toBe(256);
});

test('the order of the texts decides nothing', () => {
  expect(learnBytePairs(toy.toReversed(), 270).merges).toEqual(learnBytePairs(toy, 270).merges);
});

test('merges alone make the same encoding again', () => {
  const learned = learnBytePairs(toy, 266);
  expect(bytePairs(learned.merges).encode('newer lowest')).toEqual(learned.encode('newer lowest'));
});

describe('every text comes back', () => {
  const { encode, decode } = learnBytePairs(toy, 266);
  test.each(['', ' low  lower\n\n newest\t', '\ufeff«Qu’est-ce?» 東京 🙂 e\u0301', '123 low45'])(
    '%j',
    (text) => {
      expect(decode(encode(text))).toBe(text);
    },
  );
  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => decode(encode(text)) === text),
    );
  });
});

test('wrong use gets a sentence', () => {
  expect(() => learnBytePairs(toy, 255)).toThrow(
    '"size" must be an integer of at least 256; got 255',
  );
  expect(() => bytePairs([]).decode([256])).toThrow('integers from 0 to 255; got 256');
});
