import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { drawnWith } from './package-search.ts';

test('the rows asked for are drawn once each, with others up to the count', () => {
  const asked = Int32Array.of(90, 3, 40);
  const rows = [...drawnWith(asked, 100, 20, Random.fromSeed(1))];
  expect(new Set(rows).size).toBe(20);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
  for (const row of asked) expect(rows).toContain(row);
});

test('rows asked for stay where they are more than the count', () => {
  expect([...drawnWith(Int32Array.of(5, 1, 3), 9, 2, Random.fromSeed(1))]).toEqual([1, 3, 5]);
});
