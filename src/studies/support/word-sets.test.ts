import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { loadWordTable, meansOf, wordSets } from './word-sets.ts';

const table = {
  rowOf: new Map([
    ['red', 0],
    ['green', 1],
  ]),
  points: matrix(new Float32Array([1, 0, 0, 1]), 2, 2),
};

test('a text is the vectors of its words in order, signs and unknown words left out', () => {
  const { points, offsets, unknown } = wordSets(['Green, red!', 'red mauve'], table);
  expect([...points.data]).toEqual([0, 1, 1, 0, 1, 0]);
  expect([...offsets]).toEqual([0, 2, 3]);
  expect(unknown).toBe(0.25);
});

test('an unknown word has one direction of its own with a stream', () => {
  const { points, offsets } = wordSets(['mauve red', 'mauve puce'], table, Random.fromSeed(1));
  expect([...offsets]).toEqual([0, 2, 4]);
  const [a, , b, c] = [0, 1, 2, 3].map((i) => [...points.data.subarray(2 * i, 2 * i + 2)]);
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  expect(Math.hypot(...a)).toBeCloseTo(1, 6);
});

test('the mean of a set is one vector', () => {
  expect([...meansOf(wordSets(['red green', 'red'], table)).data]).toEqual([0.5, 0.5, 1, 0]);
});

test('the vectors of GloVe are centered and of length 1', async () => {
  const { points, rowOf } = await loadWordTable();
  const row = rowOf.get('king') ?? -1;
  expect(Math.hypot(...points.data.subarray(row * 100, row * 100 + 100))).toBeCloseTo(1, 6);
});
