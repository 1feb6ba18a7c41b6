import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { constructionFor } from '../constructions/index.ts';
import type { Contact } from './contact-system.ts';
import { polish } from './polish.ts';
import { minChord } from './separation.ts';

function perturbed(x: Float64Array, size: number, d: number): Float64Array {
  const random = Random.fromSeed(1);
  const out = x.map((value) => value + size * random.normal());
  rescaleRows(out, d, 0);
  return out;
}

function nearPairs(x: Float64Array, d: number, reach: number): Contact[] {
  const contacts: Contact[] = [];
  for (let i = 1; i < x.length / d; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let k = 0; k < d; k++) squared += (x[i * d + k] - x[j * d + k]) ** 2;
      if (Math.sqrt(squared) < reach) contacts.push({ i, j, sign: 1 });
    }
  }
  return contacts;
}

test('a perturbed icosahedron comes back to cosine 1/√5 with 30 equal multipliers', async () => {
  const exact = constructionFor(12, 3)?.points.data as Float64Array;
  const start = perturbed(exact, 1e-5, 3);
  const { points, contacts, multipliers, residual } = await polish(
    start,
    3,
    0,
    nearPairs(start, 3, 1.1),
  );
  expect(1 - minChord(points, 3) ** 2 / 2).toBeCloseTo(1 / Math.sqrt(5), 15);
  expect(contacts).toHaveLength(30);
  for (const multiplier of multipliers) expect(multiplier).toBeCloseTo(1 / 30, 5);
  expect(residual).toBeLessThan(1e-12);
});

test('a pair that holds nothing leaves the contacts', async () => {
  // The sides of a square hold it; its diagonal pulls.
  const square = Float64Array.of(1, 0, 0, 1, -1, 0, 0, -1);
  const sides = [0, 1, 2, 3].map((i) => ({
    i: Math.max(i, (i + 1) % 4),
    j: Math.min(i, (i + 1) % 4),
    sign: 1,
  }));
  const start = perturbed(square, 1e-3, 2);
  const { contacts, points } = await polish(start, 2, 0, [...sides, { i: 2, j: 0, sign: 1 }]);
  expect(contacts).toEqual(sides);
  expect(1 - minChord(points, 2) ** 2 / 2).toBeCloseTo(0, 14);
});

test('rows before `frozen` stay to the bit', async () => {
  const exact = constructionFor(12, 3)?.points.data as Float64Array;
  const start = perturbed(exact, 1e-5, 3);
  const { points } = await polish(
    start,
    3,
    4,
    nearPairs(start, 3, 1.1).filter(({ i }) => i >= 4),
  );
  expect(points.subarray(0, 12)).toEqual(start.subarray(0, 12));
});
