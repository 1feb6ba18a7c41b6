import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { attributesOf, nounTask, splitTask, wordsOf } from './nouns.ts';

test('words are what letters, digits and what joins them make; signs stand alone', () => {
  expect(wordsOf('Am 3.10. sagte „McDonald’s“: CO2-Werte!')).toEqual([
    'Am',
    '3.10',
    '.',
    'sagte',
    '„',
    'McDonald’s',
    '“',
    ':',
    'CO2-Werte',
    '!',
  ]);
});

test('attributes do not tell whether there was a capital', () => {
  const own = { form: 'größe', prefix: 'g', suffix: 'öße', shape: 'xxxx' };
  expect(attributesOf('Größe')).toEqual(own);
  expect(attributesOf('größe')).toEqual(own);
  expect(attributesOf('CO2-Werte').shape).toBe('xxd-xxxx');
  expect(attributesOf('in')).toEqual({ form: 'in', prefix: 'i', suffix: 'in', shape: 'xx' });
});

test('a noun is what has a capital, but for the first word, and signs and numbers are not asked', () => {
  const { values, sentences } = nounTask(['Der Hund bellt.', 'Hund und 7 Katzen']);
  expect(sentences.map(({ tags }) => [...tags])).toEqual([
    [-1, 1, 0, -1],
    [-1, 0, -1, 1],
  ]);
  expect(values.form).toEqual(['\n', 'der', 'hund', 'bellt', '.', 'und', '7', 'katzen']);
  expect([...sentences[1].ids.form]).toEqual([2, 5, 6, 7]);
});

test('a split has each sentence once, and counts forms of those trained on alone', () => {
  const task = nounTask(['a b', 'b c', 'c d', 'd e', 'e f']);
  const { train, test, counts } = splitTask(task, Random.fromSeed(2));
  expect([train.length, test.length]).toEqual([4, 1]);
  expect(new Set([...train, ...test]).size).toBe(5);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(8);
});
