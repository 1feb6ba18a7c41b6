import { describe, expect, test } from 'vitest';
import { formulaTerms } from './formula.ts';

const weights = (formula: string) =>
  Object.fromEntries(formulaTerms(formula).map(({ word, weight }) => [word, weight]));

describe('a formula', () => {
  test.each([
    ['king', { king: 1 }],
    ['king - man + woman', { king: 1, man: -1, woman: 1 }],
    ['-  man + king', { man: -1, king: 1 }],
    ['2 * king + 0.5 queen', { king: 2, queen: 0.5 }],
    ['2*king', { king: 2 }],
    ['king * 2 / 4', { king: 0.5 }],
    ['2 * (paris - (france + x-ray)) + italy', { paris: 2, france: -2, 'x-ray': -2, italy: 1 }],
    ['(king + queen) / 2', { king: 0.5, queen: 0.5 }],
    ['(king + queen)/2', { king: 0.5, queen: 0.5 }],
    ["'new york' - \"o'clock\" + '2'", { 'new york': 1, "o'clock": -1, '2': 1 }],
    ['a + a', { a: 2 }],
    ['-lrb- + a', { '-lrb-': 1, a: 1 }],
    ['24/7 + 3d', { '24/7': 1, '3d': 1 }],
  ])('%s', (formula, expected) => {
    expect(weights(formula)).toEqual(expected);
  });

  test.each([
    ['', 'a word is expected in ""; got its end.'],
    ['king -', 'a word is expected in "king -"; got its end.'],
    ['king queen', 'a sign is expected in "king queen"; got "queen".'],
    ['(king', 'a sign or a closing bracket is expected in "(king"; got its end.'],
    ['king )', 'a sign is expected in "king )"; got ")".'],
    ['2 * 3', 'a word is expected in "2 * 3"; got its end.'],
    ['king * queen', 'a number is expected in "king * queen"; got "queen".'],
    ['2 / king', 'a number is expected in "2 / king"; got "king".'],
    ['king / 0', 'nothing can be divided by 0.'],
    ['king - king', 'in "king - king" all words cancel out.'],
  ])('%j is refused', (formula, sentence) => {
    expect(() => formulaTerms(formula)).toThrow(`formula: ${sentence}`);
  });
});
