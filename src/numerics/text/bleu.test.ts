import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { corpusBleu, tokens13a } from './bleu.ts';

const blanks = (text: string) => text.split(' ');

/** The example of sacreBLEU's README; the values stand in its test/test_bleu.py. */
const hypotheses = [
  'The dog bit the man.',
  "It wasn't surprising.",
  'The man had just bitten him.',
];
const references = [
  ['The dog bit the man.', 'The dog had bit the man.'],
  ['It was not unexpected.', 'No one was surprised.'],
  ['The man bit him first.', 'The man had bitten the dog.'],
];

describe('the scores are those of sacreBLEU', () => {
  test('in its published tests', () => {
    expect(corpusBleu(hypotheses, references).score).toBeCloseTo(48.530827, 6);
    expect(corpusBleu(hypotheses, references, { tokens: blanks }).score).toBeCloseTo(49.1919566, 7);
    expect(corpusBleu(['', '', ''], references).score).toBe(0);
  });

  test('version 2.6.0, with entities, decimals and hyphens', () => {
    const own = [
      'The cat sat on the mat.',
      'It was 3.5 km - far, far away!',
      'Hello &amp; goodbye',
      'x',
    ];
    const other = [
      'A cat sat on a mat.',
      'It was 3.5 km away - very, very far.',
      'Hello & farewell',
      'y',
    ];
    const { score, precisions, ...rest } = corpusBleu(own, other);
    expect(score).toBeCloseTo(26.23310602961727, 10);
    expect(precisions.map((p) => p / 100)).toEqual(
      [15 / 21, 7 / 17, 3 / 14, 1 / 11].map((p) => expect.closeTo(p, 12)),
    );
    expect(rest).toEqual({
      brevityPenalty: expect.closeTo(Math.exp(1 - 22 / 21), 14),
      hypothesisLength: 21,
      referenceLength: 22,
    });
  });

  test('version 2.6.0, where longer runs have no hit', () => {
    const found = corpusBleu(['The man bit the dog'], ['The small dog bit the man yesterday']);
    expect(found.precisions).toEqual([100, 25, expect.closeTo(100 / 6, 12), 12.5]);
    expect(found.score).toBeCloseTo(18.00764415421176, 10);
  });

  test('version 2.6.0, on 200 sentences of German news that lack every third word', () => {
    const file = new URL('../../../study-data/ntrex/deu.txt.gz', import.meta.url);
    const lines = gunzipSync(readFileSync(file)).toString().split('\n').slice(0, 200);
    const cut = lines.map((line) =>
      blanks(line)
        .filter((_, i) => i % 3 !== 2)
        .join(' '),
    );
    const { score, brevityPenalty } = corpusBleu(cut, lines);
    expect(score).toBeCloseTo(12.008590268911064, 9);
    expect(brevityPenalty).toBeCloseTo(0.6220481077606363, 12);
  });
});

test('the same text scores 100, another one 0, one too short for four tokens 0', () => {
  expect(corpusBleu(['a b c d e'], ['a b c d e']).score).toBeCloseTo(100, 12);
  expect(corpusBleu(['a b c d e'], ['v w x y z']).score).toBe(0);
  expect(corpusBleu(['a b'], ['a b']).score).toBe(0);
  expect(corpusBleu([], []).score).toBe(0);
});

test('a word repeated counts as often as a reference has it', () => {
  // Papineni et al. 2002, example 2: the modified precision is 2/7.
  const { precisions } = corpusBleu(
    ['the the the the the the the'],
    [['The cat is on the mat'.toLowerCase(), 'there is a cat on the mat']],
  );
  expect(precisions[0]).toBeCloseTo(200 / 7, 12);
});

test('tokens are those of mteval-v13a', () => {
  expect(tokens13a('Pay $3.50, now (or 10-20)!')).toEqual([
    'Pay',
    '$',
    '3.50',
    ',',
    'now',
    '(',
    'or',
    '10',
    '-',
    '20',
    ')',
    '!',
  ]);
  expect(tokens13a("It's well-known.  Yes&quot;")).toEqual(["It's", 'well-known', '.', 'Yes', '"']);
});

test('references that do not fit are refused', () => {
  expect(() => corpusBleu(['a'], [])).toThrow('references for each of 1 hypotheses; got 0');
  expect(() => corpusBleu(['a', 'b'], ['a', []])).toThrow(
    'a reference or more for each hypothesis; got none in row 1',
  );
});
