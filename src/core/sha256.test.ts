import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('the vectors of FIPS 180-4', async () => {
  expect(await sha256(bytes('abc'))).toBe(ABC);
  expect(await sha256()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('pieces are as good as the whole, and memory that threads share as any', async () => {
  expect(await sha256(bytes('a'), bytes('bc'))).toBe(ABC);
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set(bytes('abc'));
  expect(await sha256(shared)).toBe(ABC);
});
