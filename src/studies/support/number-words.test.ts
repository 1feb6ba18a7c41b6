import { expect, test } from 'vitest';
import { LANGUAGES, numberWord } from './number-words.ts';

const words = (n: number) => LANGUAGES.map((language) => numberWord(n, language));

test.each([
  [0, 'zero', 'zéro', 'null'],
  [1, 'one', 'un', 'eins'],
  [16, 'sixteen', 'seize', 'sechzehn'],
  [17, 'seventeen', 'dix-sept', 'siebzehn'],
  [20, 'twenty', 'vingt', 'zwanzig'],
  [21, 'twenty-one', 'vingt-et-un', 'einundzwanzig'],
  [30, 'thirty', 'trente', 'dreißig'],
  [45, 'forty-five', 'quarante-cinq', 'fünfundvierzig'],
  [66, 'sixty-six', 'soixante-six', 'sechsundsechzig'],
  [70, 'seventy', 'soixante-dix', 'siebzig'],
  [71, 'seventy-one', 'soixante-et-onze', 'einundsiebzig'],
  [77, 'seventy-seven', 'soixante-dix-sept', 'siebenundsiebzig'],
  [80, 'eighty', 'quatre-vingts', 'achtzig'],
  [81, 'eighty-one', 'quatre-vingt-un', 'einundachtzig'],
  [91, 'ninety-one', 'quatre-vingt-onze', 'einundneunzig'],
  [99, 'ninety-nine', 'quatre-vingt-dix-neuf', 'neunundneunzig'],
])('%i is %s, %s, %s', (n, ...wanted) => {
  expect(words(n)).toEqual(wanted);
});

test('a hundred different words in each language, "six" alone is in two', () => {
  const all = Array.from({ length: 100 }, (_, n) => words(n));
  for (const [l] of LANGUAGES.entries()) expect(new Set(all.map((own) => own[l])).size).toBe(100);
  const shared = all.filter((own) => new Set(own).size < 3);
  expect(shared.map(([first]) => first)).toEqual(['six']);
});
