import { expect, test } from 'vitest';
import { hashedPlace, idHash } from './id-hash.ts';

test('is a 32-bit number that depends on the id and the salt alone', () => {
  expect(idHash(7, 1)).toBe(idHash(7, 1));
  expect(idHash(7, 1)).not.toBe(idHash(7, 2));
  expect(idHash(2 ** 33 + 7, 1)).not.toBe(idHash(7, 1));
  for (const id of [0, 1, 2 ** 31, 2 ** 40]) {
    const hash = idHash(id, 3);
    expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
  }
});

test('places are filled evenly: χ² of 64 places by 64,000 ids is that of chance', () => {
  const counts = new Float64Array(64);
  for (let id = 0; id < 64_000; id++) counts[hashedPlace(id, 5, 64)] += 1;
  const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 63 degrees of freedom: 99.99 % lie within 26 … 119.
  expect(chi).toBeGreaterThan(26);
  expect(chi).toBeLessThan(119);
});

test('flipping one bit of the id flips half of the bits', () => {
  let flipped = 0;
  for (let id = 0; id < 200; id++) {
    for (let bit = 0; bit < 16; bit++) {
      let odd = idHash(id, 9) ^ idHash(id ^ (1 << bit), 9);
      for (; odd !== 0; odd &= odd - 1) flipped += 1;
    }
  }
  expect(flipped / (200 * 16)).toBeCloseTo(16, 0);
});
