import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readIdx } from './idx.ts';

const idx = (type: number, lengths: readonly number[], data: readonly number[]) =>
  Uint8Array.from([
    0,
    0,
    type,
    lengths.length,
    ...lengths.flatMap((n) => [0, 0, n >> 8, n & 255]),
    ...data,
  ]);

test('lengths are big-endian and the last axis is the fastest', async () => {
  const bytes = idx(8, [2, 1, 3], [1, 2, 3, 253, 254, 255]);
  const read = { shape: [2, 1, 3], data: Uint8Array.of(1, 2, 3, 253, 254, 255) };
  expect(await readIdx(bytes)).toEqual(read);
  expect(await readIdx(new Uint8Array(gzipSync(bytes)))).toEqual(read);
  const long = idx(8, [258], new Array(258).fill(7));
  expect((await readIdx(long)).shape).toEqual([258]);
});

test('what is read is the caller’s own', async () => {
  const bytes = idx(8, [2], [1, 2]);
  const { data } = await readIdx(bytes);
  data[0] = 9;
  expect(bytes.at(-2)).toBe(1);
});

test('no images are an empty array', async () => {
  expect(await readIdx(idx(8, [0, 28, 28], []))).toEqual({
    shape: [0, 28, 28],
    data: new Uint8Array(),
  });
});

test.each([
  ['text', new TextEncoder().encode('label,0,1'), 'expected an IDX file'],
  ['an empty file', new Uint8Array(), 'expected an IDX file'],
  ['an unknown type', idx(10, [1], [1]), 'expected an IDX file'],
  ['no axis', idx(8, [], [1]), 'expected an IDX file'],
  [
    'another type',
    idx(13, [1], [0, 0, 0, 0]),
    'expected an IDX file of unsigned bytes; got float32.',
  ],
  ['a header cut off', idx(8, [1, 2], []).subarray(0, 9), '2 axes take 12 bytes of 9'],
  [
    'a missing byte',
    idx(8, [2, 2], [1, 2, 3]),
    'expected 2 × 2 unsigned bytes behind the header; got 3.',
  ],
  [
    'a byte too many',
    idx(8, [2], [1, 2, 3]),
    'expected 2 unsigned bytes behind the header; got 3.',
  ],
])('%s is refused', async (_, bytes, sentence) => {
  await expect(readIdx(bytes)).rejects.toThrow(sentence);
});
