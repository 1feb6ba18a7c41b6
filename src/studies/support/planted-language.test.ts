import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { plantedPairs } from './planted-language.ts';

const { source, target } = plantedPairs(2000, 100, Random.fromSeed(1));
const wordsOf = (text: string) => text.split(' ');

/** Source and target of the words, as sentences of three words show them: subject, verb, object. */
const lexicon = new Map<string, string>();
source.forEach((text, i) => {
  const [from, to] = [wordsOf(text), wordsOf(target[i])];
  if (from.length !== 3) return;
  [0, 2, 1].forEach((at, k) => {
    lexicon.set(from[at], to[k]);
  });
});

test('words are translated one to one', () => {
  expect(lexicon.size).toBeGreaterThan(40);
  expect(new Set(lexicon.values()).size).toBe(lexicon.size);
});

test('a sentence and its translation have the same words in another order', () => {
  source.forEach((text, i) => {
    const translated = wordsOf(text).map((word) => lexicon.get(word));
    const known = translated.filter((word) => word !== undefined).toSorted();
    const found = wordsOf(target[i]);
    expect(found.length).toBe(translated.length);
    expect(known.every((word) => found.includes(word))).toBe(true);
  });
});

test('half of the sentences have two clauses, and frequent words come more often', () => {
  const and = mostCommon(source.flatMap((text) => [...new Set(wordsOf(text))]))[0];
  const share = source.filter((text) => wordsOf(text).includes(and[0])).length / source.length;
  // Six standard errors of 2,000 sentences.
  expect(Math.abs(share - 0.5)).toBeLessThan(6 * Math.sqrt(0.25 / 2000));
  const subjects = mostCommon(
    source
      .map(wordsOf)
      .filter(({ length }) => length === 3)
      .map(([subject]) => subject),
  );
  expect(subjects[0][1]).toBeGreaterThan(subjects[1][1]);
});

function mostCommon(words: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
