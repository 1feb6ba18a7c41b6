import { expect, test } from 'vitest';
import { checksumOf } from './checksum.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('is FNV-1a of 32 bits', () => {
  // Of the authors' own list of test vectors.
  expect(checksumOf()).toBe('811c9dc5');
  expect(checksumOf(bytes('a'))).toBe('e40c292c');
  expect(checksumOf(bytes('foobar'))).toBe('bf9cf968');
});

test('reads arrays one after another, and a view’s own part of its buffer alone', () => {
  expect(checksumOf(bytes('foo'), bytes('bar'))).toBe('bf9cf968');
  expect(checksumOf(bytes('xfoobarx').subarray(1, 7))).toBe('bf9cf968');
  expect(checksumOf(Float64Array.of(1))).not.toBe(checksumOf(Float32Array.of(1)));
});
