import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { hammingDistancesOf } from './hamming.ts';
import { signWords } from './sign-words.ts';

test('bit c of a row lies in word ⌊c/32⌋, and what equals its threshold is 0', () => {
  const points = matrix(new Float64Array(2 * 34), 2, 34);
  points.data.set([1, 0, 1], 0);
  points.data[33] = 5;
  points.data[34 + 31] = 1;
  const { words, width } = signWords(points, new Float64Array(34));
  expect(width).toBe(2);
  expect([...words]).toEqual([0b101, 0b10, 2 ** 31, 0]);
  expect([...signWords(points, new Float64Array(34).fill(1)).words]).toEqual([0, 2, 0, 0]);
});

test('rows differ in as many bits as their signs', () => {
  const points = matrix(new Float64Array([1, -1, 1, -1, 1, 1]), 2, 3);
  const words = signWords(points, [0, 0, 0]);
  const out = new Int32Array(2);
  hammingDistancesOf(words, 0, words, out);
  expect([...out]).toEqual([0, 2]);
});
