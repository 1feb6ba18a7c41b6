import { expect, test } from 'vitest';
import { vocabularyOf } from './vocabulary.ts';

const texts = [
  ['b', 'a', 'c'],
  ['b', 'a'],
  ['b', 'd'],
];

test('frequent tokens come first, and equal ones by their letters', () => {
  const { tokens, counts } = vocabularyOf(texts);
  expect(tokens).toEqual(['<unk>', 'b', 'a', 'c', 'd']);
  expect([...counts]).toEqual([0, 3, 2, 1, 1]);
});

test('the order of the texts decides nothing', () => {
  expect(vocabularyOf(texts.toReversed()).tokens).toEqual(vocabularyOf(texts).tokens);
});

test('what does not fit counts as unknown', () => {
  const small = vocabularyOf(texts, { size: 3 });
  expect(small.tokens).toEqual(['<unk>', 'b', 'a']);
  expect([...small.counts]).toEqual([2, 3, 2]);
  expect([...small.encode(['a', 'c', 'x', 'b'])]).toEqual([2, 0, 0, 1]);
  expect(small.decode([2, 0, 1])).toEqual(['a', '<unk>', 'b']);
  expect(vocabularyOf(texts, { minCount: 2 }).tokens).toEqual(small.tokens);
});

test('special tokens have the first ids and take part in the texts', () => {
  const { tokens, counts } = vocabularyOf([['<s>', 'a'], ['<s>']], {
    special: ['<unk>', '<s>', '</s>'],
  });
  expect(tokens).toEqual(['<unk>', '<s>', '</s>', 'a']);
  expect([...counts]).toEqual([0, 2, 0, 1]);
});

test('wrong use gets a sentence', () => {
  expect(() => vocabularyOf(texts, { special: [] })).toThrow('"special" must be one token or more');
  expect(() => vocabularyOf(texts, { size: 1, special: ['<unk>', '<s>'] })).toThrow(
    '"size" must be at least 2',
  );
  expect(() => vocabularyOf(texts).decode([5])).toThrow('integers from 0 to 4; got 5');
});
