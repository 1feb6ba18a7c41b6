import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { perturbedText } from './perturbed-texts.ts';

const text = 'a tool for the editing of images';

test('nothing is changed at shares of 0', () => {
  expect(perturbedText(text, { drops: 0, typos: 0 }, Random.fromSeed(1))).toBe(text);
});

test('words are left out, and one stays', () => {
  expect(perturbedText(text, { drops: 1, typos: 0 }, Random.fromSeed(1))).toBe('a');
  const half = perturbedText(text.repeat(50), { drops: 0.5, typos: 0 }, Random.fromSeed(2));
  const share = half.split(' ').length / text.repeat(50).split(' ').length;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
});

test('a wrong letter changes the length of a word by one at most', () => {
  const words = perturbedText(text, { drops: 0, typos: 1 }, Random.fromSeed(3)).split(' ');
  const own = text.split(' ');
  for (const [i, word] of words.entries())
    expect(Math.abs(word.length - own[i].length)).toBeLessThanOrEqual(1);
});
