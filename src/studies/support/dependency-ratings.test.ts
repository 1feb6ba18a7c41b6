import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { dependencyRatings } from './dependency-ratings.ts';

test('packages with enough examples alone, hidden dependencies are in no entry, values have mean 0', () => {
  const n = 400;
  const ids = Int32Array.from({ length: n }, (_, i) => (i < 300 ? i % 3 : 3 + (i % 100)));
  const items = Int32Array.from({ length: n }, (_, i) => Math.floor(i / 3));
  const fields = [
    { name: 'package', values: [], ids },
    { name: 'item', values: [], ids: items },
  ];
  const labels = Uint8Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 0));
  const found = dependencyRatings(
    { fields, labels },
    { fewest: 50, packages: 9 },
    Random.fromSeed(1),
  );
  const { entries, hidden, packages } = found;
  expect(packages).toBe(3);
  expect(entries.values.length + hidden.length).toBe(300);
  expect(hidden.length).toBeGreaterThan(3);
  expect(entries.values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
  const seen = new Set(Array.from(entries.values, (_, k) => `${entries.a[k]} ${entries.b[k]}`));
  expect(hidden.some(({ a, b }) => seen.has(`${a} ${b}`))).toBe(false);
});
