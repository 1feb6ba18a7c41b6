import { expect, test } from 'vitest';
import { sameRowsProbability } from './same-rows.ts';

test('is 1/m for one draw and (2m − 1)/m³ for two', () => {
  for (const m of [1, 2, 7, 1000]) {
    expect(sameRowsProbability(1, m)).toBeCloseTo(1 / m, 14);
    expect(sameRowsProbability(2, m)).toBeCloseTo((2 * m - 1) / m ** 3, 14);
  }
});

test('is the share of all pairs of draws that agree, counted one by one', () => {
  const [draws, rows] = [3, 4];
  const sets = Array.from({ length: rows ** draws }, (_, code) =>
    [code % 4, (code >> 2) % 4, code >> 4].sort((a, b) => a - b).join(),
  );
  const same = sets.reduce((sum, a) => sum + sets.filter((b) => a === b).length, 0);
  expect(sameRowsProbability(draws, rows)).toBeCloseTo(same / rows ** (2 * draws), 14);
});

test('is about k!/m^k in a long table', () => {
  expect(sameRowsProbability(4, 1e6) / (24 / 1e24)).toBeCloseTo(1, 4);
});
