import { expect, test } from 'vitest';
import { memoryStore } from '../../io/byte-store.ts';
import { clusters, distanceOf, nearestAgrees, ring, spreadOf } from '../../testing/maps.ts';
import { largevis } from './largevis.ts';

const few = { k: 15, perplexity: 5 };

test('clusters that lie apart stay apart, each row beside its own', async () => {
  const { points, labels } = clusters(3, 40, 8);
  const { points: map, warnings } = await largevis(points, few);
  expect(nearestAgrees(map, labels)).toBe(1);
  expect(warnings.join()).toMatch(/falls into 3 parts/);
});

test('a perplexity that the neighbours do not carry is lowered to a third of them, in a sentence', async () => {
  const { points } = clusters(1, 13, 4);
  const { points: map, facts, warnings } = await largevis(points, {});
  expect(facts['perplexity']).toBe(4);
  expect(warnings).toEqual([
    '13 rows have 12 neighbours each; 150 were asked for.',
    'The perplexity is 4.00, a third of the 12 neighbours; 50 was asked for.',
  ]);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('rows drawn with a larger γ lie further apart', async () => {
  const points = ring(60);
  const wide = async (gamma: number) =>
    spreadOf((await largevis(points, { ...few, gamma })).points);
  expect(await wide(15)).toBeGreaterThan(await wide(1));
});

test('a fitted row that is placed anew lands near where it lies', async () => {
  const points = ring(200);
  const { points: map, model } = await largevis(points, few);
  const placed = await largevis.transform(model, points);
  const off = Array.from({ length: map.rows }, (_, i) => distanceOf(map, i, i, placed)).sort(
    (a, b) => a - b,
  );
  expect(off[off.length >> 1]).toBeLessThan(0.05 * spreadOf(map));
  expect(off[Math.floor(0.95 * off.length)]).toBeLessThan(0.1 * spreadOf(map));
});

test('stopped at any step, it goes on from its checkpoint to the same bytes', async () => {
  const { points } = clusters(2, 30, 6);
  const { points: whole } = await largevis(points, few);
  const store = memoryStore();
  const controller = new AbortController();
  const onFrame = ({ step }: { step: number }) => {
    if (step === 3) controller.abort();
  };
  const checkpoint = { store, every: 1 };
  const stopped = largevis(points, few, { signal: controller.signal, onFrame, checkpoint });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  const { points: resumed } = await largevis(points, few, { checkpoint, resume: true });
  expect(resumed).toEqual(whole);
});

test('rows that are all equal give a map of finite numbers', async () => {
  const { points } = clusters(1, 12, 3);
  const equal = { ...points, data: points.data.map((_, at) => at % 3) };
  const { points: map } = await largevis(equal, few);
  expect(map.data.every(Number.isFinite)).toBe(true);
});
