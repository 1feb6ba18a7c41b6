import { expect, test } from 'vitest';
import { learnUnits, unitsOf } from './text-units.ts';

const texts = ['the cat sat', 'the cat ran', 'Où est le chat ?'];

test('byte pairs give every text back, those of other letters too', () => {
  const { size, labels, encode, decode } = unitsOf(learnUnits(texts, 'byte-pairs', 260));
  expect([size, labels.length]).toEqual([260, 260]);
  for (const text of [...texts, 'Ελλάδα 🐨', '']) expect(decode(encode(text))).toBe(text);
});

test('the bytes are units in any case: a smaller vocabulary has no merges', () => {
  expect(learnUnits(texts, 'byte-pairs', 10)).toEqual({ kind: 'byte-pairs', merges: [] });
});

test('words are joined by blanks, and words without an id are the unknown one', () => {
  const settings = learnUnits(texts, 'words', 4);
  expect(settings).toEqual({ kind: 'words', words: ['<unk>', 'cat', 'the', '?'] });
  const { size, unknown, encode, decode } = unitsOf(settings);
  expect([size, unknown]).toEqual([4, 0]);
  expect([...encode('the dog?')]).toEqual([2, 0, 3]);
  expect(decode([2, 1])).toBe('the cat');
  expect(() => decode([4])).toThrow('words: there is no word of the id 4.');
});

test('units are plain data', () => {
  for (const kind of ['byte-pairs', 'words'] as const) {
    const settings = learnUnits(texts, kind, 300);
    const again = unitsOf(JSON.parse(JSON.stringify(settings)));
    expect(again.encode(texts[0])).toEqual(unitsOf(settings).encode(texts[0]));
  }
});
