import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { corpusChrf } from './chrf.ts';

/** sacreBLEU's test/test_chrf.py, with β = 3 and orders that both sides have. */
test.each([
  [['a'], ['a'], 100],
  [[''], ['reference'], 0],
  [['a b c'], ['a b c'], 100],
  [['a b c'], ['abc'], 100],
  [[''], ['c'], 0],
  [['a', 'b'], ['a', 'c'], 50],
  [['aa'], ['ab'], 25],
])('sacreBLEU’s published tests: %j against %j', (hypotheses, references, expected) => {
  expect(corpusChrf(hypotheses, references, { beta: 3 })).toBeCloseTo(expected, 4);
});

/** Values of sacreBLEU 2.6.0 with its defaults. */
test('the scores are those of sacreBLEU', () => {
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
  expect(corpusChrf(own, other)).toBeCloseTo(42.37671491603721, 10);
});

test('the best of several references counts, as in sacreBLEU', () => {
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
  expect(corpusChrf(hypotheses, references)).toBeCloseTo(59.72751782684763, 10);
});

test('characters are those of Unicode, not halves of them', () => {
  const [own, other] = ['Nebo prostě nemají 🙂 vybavení', 'A někdy nemáme 🙂 ani'];
  expect(corpusChrf([own], [other])).toBeCloseTo(11.466533170536273, 10);
});

test('200 sentences of German news that lack every third word score as in sacreBLEU', () => {
  const file = new URL('../../../study-data/ntrex/deu.txt.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().split('\n').slice(0, 200);
  const cut = lines.map((line) =>
    line
      .split(' ')
      .filter((_, i) => i % 3 !== 2)
      .join(' '),
  );
  expect(corpusChrf(cut, lines)).toBeCloseTo(59.979081000678434, 9);
});

test('references that do not fit are refused', () => {
  expect(() => corpusChrf(['a'], [])).toThrow(
    'corpusChrf: expected references for each of 1 hypotheses; got 0.',
  );
});
