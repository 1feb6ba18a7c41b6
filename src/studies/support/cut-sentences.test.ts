import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { cutSentences } from './cut-sentences.ts';

const sentence = (word: string) =>
  `The ${word} is here with us today, and it will stay for long as we hope.`;
const paragraph = (...words: string[]) => words.map(sentence).join(' ');
const text = [
  paragraph('apple', 'pear', 'plum'),
  'Too short. To be. Cut.',
  paragraph('fox', 'hen', 'dog', 'cat'),
  paragraph('one', 'two'),
].join('\n');

test('a sentence is gone from the paragraph that it asks for', () => {
  const task = cutSentences([text], { documents: 2, queries: 2 }, Random.fromSeed(1));
  expect(task.judgements.map(({ query }) => query)).toEqual([0, 1]);
  for (const { query, document } of task.judgements) {
    const cut = task.queries[query];
    expect(text).toContain(cut);
    expect(task.documents[document]).not.toContain(cut);
    // The first and the last stay: each paragraph had three or four.
    expect(task.documents[document].split('. ').length).toBeGreaterThanOrEqual(2);
    expect(['pear', 'hen', 'dog'].some((word) => cut === sentence(word))).toBe(true);
  }
  expect(task.documents.join(' ')).not.toContain('Too short');
});

test('too few paragraphs are refused', () => {
  expect(() => cutSentences([text], { documents: 3, queries: 2 }, Random.fromSeed(1))).toThrow(
    'expected 3 paragraphs or more with a sentence to cut; got 2.',
  );
});
