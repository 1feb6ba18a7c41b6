import { expect, test } from 'vitest';
import { textHash } from './text-hash.ts';

test('the empty text has the mixed offset basis of FNV-1a', () => {
  // fmix32(0x811c9dc5), by hand from the definition.
  let h = 0x811c9dc5;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  expect(textHash('')).toBe(h >>> 0);
});

test('it is a 32-bit number, and is pinned: files hold it', () => {
  const hashes = ['king', 'queen', 'Zürich', '東京'].map(textHash);
  for (const hash of hashes) expect(hash).toBe(hash >>> 0);
  expect(hashes).toEqual([3239665902, 1314298821, 2490234560, 745305631]);
});

test('words that differ in one letter spread over all slots', () => {
  const slots = new Set(
    Array.from({ length: 1000 }, (_, i) => Math.floor((textHash(`word${i}`) / 2 ** 32) * 1000)),
  );
  // 1,000 random throws leave 1,000/e = 368 slots empty, ± 10.
  expect(slots.size).toBeGreaterThan(590);
  expect(slots.size).toBeLessThan(675);
});
