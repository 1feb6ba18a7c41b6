import { expect, test } from 'vitest';
import { packedInMemory } from '../../io/packed.ts';
import { characterGrams } from '../../numerics/text/character-grams.ts';
import { gramArrays, hasGrams, rowsSharingGrams } from './gram-index.ts';

const opened = (labels: readonly string[]) => packedInMemory({}, gramArrays(labels));

test('a word finds itself first, then those that share most n-grams, a label at its first row', async () => {
  const labels = ['house', 'mouse', 'houses', 'tree', 'mouse'];
  // houses has ‹ho hou ous use; mouse has ous use se› and the pairs ou us se e›.
  expect(await rowsSharingGrams(opened(labels), 'house', 4)).toEqual([0, 1, 2, 3]);
  expect(await rowsSharingGrams(opened(labels), 'house', 1)).toEqual([0]);
});

test('every row with a shared n-gram is found, gaps of more than a byte included', async () => {
  const labels = Array.from({ length: 70_000 }, (_, i) =>
    i % 20_000 === 7 ? `zebra${i}` : `${i}`,
  );
  const found = await rowsSharingGrams(opened(labels), 'zebra', 4);
  expect(found).toEqual([7, 20_007, 40_007, 60_007]);
});

test('the counts are those of the n-grams themselves where lists hold one gram each', async () => {
  const labels = ['alphabet', 'alphabets', 'beta', 'bet', 'gamma'];
  const own = new Set(characterGrams('alphabet'));
  const shared = labels.map((label) => characterGrams(label).filter((g) => own.has(g)).length);
  const expected = [...labels.keys()].filter((row) => shared[row] > 0);
  const found = await rowsSharingGrams(opened(labels), 'alphabet', 10);
  expect(found).toEqual(expected.sort((a, b) => shared[b] - shared[a] || a - b));
});

test('a label that is a text is like no word, and equal labels count once', async () => {
  const labels = ['zebra'.repeat(13), 'zebra', 'zebra'];
  expect(await rowsSharingGrams(opened(labels), 'zebra', 5)).toEqual([1]);
});

test('the index can be absent, and empty', async () => {
  expect(hasGrams(packedInMemory({}, {}))).toBe(false);
  expect(await rowsSharingGrams(opened([]), 'word', 5)).toEqual([]);
});
