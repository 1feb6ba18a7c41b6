import { expect, test } from 'vitest';
import { wordTokens } from './words.ts';

test('words keep their apostrophes, numbers and signs stand alone', () => {
  expect(wordTokens("Don't stop: 1945!")).toEqual(["Don't", 'stop', ':', '1945', '!']);
  expect(wordTokens("l'éternel--'tis (so)")).toEqual([
    "l'éternel",
    '-',
    '-',
    "'",
    'tis',
    '(',
    'so',
    ')',
  ]);
});

test('both ways of writing an accent are one word', () => {
  expect(wordTokens('caf\u00e9')).toEqual(wordTokens('cafe\u0301'));
});

test('nothing but white space is lost', () => {
  const text = 'Zu 90 % – «¿Qué?» 東京 x₂ 🙂';
  expect(wordTokens(text).join('')).toBe(text.replace(/\s/g, ''));
  expect(wordTokens(' \n\t')).toEqual([]);
});
