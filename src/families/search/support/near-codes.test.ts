import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { hammingDistances } from '../../../structures/retrieval/hamming.ts';
import { nearCodes } from './near-codes.ts';

const random = Random.fromSeed(3);
const words = Uint32Array.from({ length: 200 }, () => random.uint32() & 0xff);
const codes = { words, rows: 200, width: 1 };
const distances = hammingDistances(
  { bytes: new Uint8Array(words.buffer, 0, 4), rows: 1, width: 4 },
  { bytes: new Uint8Array(words.buffer), rows: 200, width: 4 },
);

function byOrder(count: number, allowed = new Uint8Array(200).fill(1)) {
  return Array.from(distances.keys())
    .filter((i) => allowed[i] === 1)
    .sort((i, j) => distances[i] - distances[j] || i - j)
    .slice(0, count)
    .sort((i, j) => i - j);
}

test.each([1, 2, 17, 100, 200, 500])('the %i nearest, equal ones by lower row', (count) => {
  const found = nearCodes(codes, 0, codes, count, undefined, new Int32Array(200));
  expect([...found]).toEqual(byOrder(count));
});

test('only rows that are allowed count', () => {
  const allowed = Uint8Array.from({ length: 200 }, (_, i) => (i % 5 === 2 ? 1 : 0));
  const found = nearCodes(codes, 0, codes, 12, allowed, new Int32Array(200));
  expect([...found]).toEqual(byOrder(12, allowed));
});
