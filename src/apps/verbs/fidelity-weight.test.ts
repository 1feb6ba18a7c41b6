import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/index.ts';
import { fidelityWeight, meanCosineBetween, pilotSample } from './fidelity-weight.ts';

test('the weight is at least the smallest that suffices, and at most a fifth more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: -12, max: 12, noNaN: true }), async (exponent) => {
      const threshold = 2 ** exponent;
      const weight = await fidelityWeight(0.9, async (w) => (w >= threshold ? 0.95 : 0.5));
      expect(weight).toBeGreaterThan(threshold * 0.99);
      expect(weight).toBeLessThan(threshold * 1.2);
    }),
  );
});

test('nothing is held where rows stay by themselves', async () => {
  expect(await fidelityWeight(0.9, async () => 1)).toBe(0);
});

test('a cosine that no weight keeps ends the search', async () => {
  expect(await fidelityWeight(0.9, async () => 0)).toBeGreaterThan(2 ** 20);
});

test('rows have cosine 1 with themselves and −1 with their opposites', () => {
  const points = uniformPoints(20, 5, Random.fromSeed(1));
  const opposite = { ...points, data: points.data.map((x) => -x) };
  expect(meanCosineBetween(points, points)).toBe(1);
  expect(meanCosineBetween(points, opposite)).toBeCloseTo(-1, 6);
});

test('a small set is its own pilot; a large one gives 1,024 different rows', () => {
  const small = uniformPoints(100, 2, Random.fromSeed(1));
  expect(pilotSample({ start: small }, Random.fromSeed(2)).start).toBe(small);
  const start = uniformPoints(3000, 2, Random.fromSeed(1));
  const classes = Int32Array.from({ length: 3000 }, (_, i) => (start.data[2 * i] > 0 ? 1 : 0));
  const { start: sample, classes: own } = pilotSample({ start, classes }, Random.fromSeed(2));
  expect(own).toEqual(
    Int32Array.from({ length: 1024 }, (_, i) => (sample.data[2 * i] > 0 ? 1 : 0)),
  );
  expect(sample.rows).toBe(1024);
  const rows = Array.from(
    { length: 1024 },
    (_, i) => `${sample.data[2 * i]} ${sample.data[2 * i + 1]}`,
  );
  expect(new Set(rows).size).toBe(1024);
});
