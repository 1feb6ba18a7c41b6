import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { medianOf } from '../../numerics/statistics/averages.ts';
import { clusters, distanceOf, nearestAgrees, ring, spreadOf } from '../../testing/maps.ts';
import { umap } from './umap.ts';

test('clusters that lie apart stay apart, each row beside its own', async () => {
  const { points, labels } = clusters(3, 40, 8);
  const { points: map } = await umap(points, {});
  expect(nearestAgrees(map, labels)).toBe(1);
});

test('a closed curve stays closed: the neighbours along it are neighbours in the map', async () => {
  const n = 120;
  const { points: map } = await umap(ring(n), { k: 6 });
  const steps = Array.from({ length: n }, (_, i) => distanceOf(map, i, (i + 1) % n));
  // A tear would be a step across the map.
  expect(Math.max(...steps)).toBeLessThan(spreadOf(map));
});

test('a graph in parts starts from principal components and says that their places mean nothing', async () => {
  const { points } = clusters(2, 30, 5);
  const { points: map, facts, warnings } = await umap(points, { k: 5 });
  expect(facts['parts']).toBe(2);
  expect(warnings.join()).toMatch(/falls into 2 parts, the largest of 30 rows/);
  const same = await umap(points, { k: 5, start: 'pca' });
  expect(same.points).toEqual(map);
});

test('fewer rows than neighbours are all neighbours, in a sentence', async () => {
  const { points } = clusters(1, 6, 3);
  const { points: map, facts, warnings } = await umap(points, {});
  expect(facts['neighbors']).toBe(5);
  expect(warnings).toEqual(['6 rows have 5 neighbours each; 14 were asked for.']);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('two rows, and more columns than rows, give a map of finite numbers', async () => {
  const two = matrix(new Float64Array([0, 0, 3, 4]), 2, 2);
  const { points: map } = await umap(two, { dim: 3 });
  expect([map.rows, map.cols]).toEqual([2, 3]);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('rows with nothing but copies near them are counted, and lie together', async () => {
  const { points } = clusters(1, 40, 4);
  const data = points.data.slice();
  for (let i = 0; i < 20; i++) data.set(data.subarray(0, 4), i * 4);
  const { points: map, warnings } = await umap(matrix(data, 40, 4), { k: 9 });
  expect(warnings.join()).toMatch(/20 rows have only copies of themselves among their 8/);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('rows that are all equal give a map of finite numbers and the same sentence', async () => {
  const equal = matrix(new Float64Array(30).fill(2), 10, 3);
  const { points: map, warnings } = await umap(equal, { k: 4 });
  expect(warnings.join()).toMatch(/10 rows have only copies/);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('a fitted row that is placed anew lands near where it lies', async () => {
  const points = ring(200);
  const { points: map, model } = await umap(points, { k: 10 });
  const placed = await umap.transform(model, points);
  const off = Array.from({ length: map.rows }, (_, i) => distanceOf(map, i, i, placed)).sort(
    (a, b) => a - b,
  );
  expect(off[off.length >> 1]).toBeLessThan(0.05 * spreadOf(map));
  expect(off[Math.floor(0.95 * off.length)]).toBeLessThan(0.1 * spreadOf(map));
});

test('stopped at any step, it goes on from its checkpoint to the same bytes', async () => {
  const { points } = clusters(3, 30, 6);
  const options = { epochs: 30 };
  const { points: whole } = await umap(points, options);
  for (const last of [1, 7, 29]) {
    const store = memoryStore();
    const controller = new AbortController();
    const onFrame = ({ step }: { step: number }) => {
      if (step === last) controller.abort();
    };
    const checkpoint = { store, every: 1 };
    const stopped = umap(points, options, { signal: controller.signal, onFrame, checkpoint });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const frames: number[] = [];
    const { points: resumed } = await umap(points, options, {
      checkpoint,
      resume: true,
      onFrame: ({ step }) => void frames.push(step),
    });
    expect(frames[0]).toBeGreaterThanOrEqual(last);
    expect(resumed).toEqual(whole);
  }
});

test('a checkpoint of other rows, options or methods is refused in a sentence', async () => {
  const { points } = clusters(2, 20, 4);
  const store = memoryStore('layout.ckpt');
  await umap(points, { epochs: 4 }, { checkpoint: { store } });
  const again = { checkpoint: { store }, resume: true };
  await expect(umap(points, { epochs: 4, seed: 1 }, again)).rejects.toThrow(
    /layout\.ckpt: the checkpoint is of other rows, options or another seed; expected .*--resume/,
  );
  const other = clusters(2, 20, 5).points;
  await expect(umap(other, { epochs: 4 }, again)).rejects.toThrow(/of other rows/);
  await expect(umap(points, {}, { resume: true })).rejects.toThrow(/checkpoint/);
});

test('frames are copies of n × m that end with the map', async () => {
  const { points } = clusters(2, 20, 4);
  const frames: { step: number; steps: number; points: { data: ArrayLike<number> } }[] = [];
  const { points: map } = await umap(
    points,
    { epochs: 6 },
    { onFrame: (frame) => void frames.push(frame) },
  );
  // A round is two steps: all edges one way, then the other.
  expect(frames.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(frames.at(-1)?.points).toEqual(map);
  expect(frames[0].points).not.toEqual(map);
});

test('rows off the map of columns are refused by number', async () => {
  const bad = matrix(new Float64Array([0, 1, Number.NaN, 3]), 2, 2);
  await expect(umap(bad)).rejects.toThrow(/row 1, column 0 is NaN/);
  await expect(umap(matrix(new Float64Array(2), 1, 2))).rejects.toThrow(/2 rows or more/);
});

test('begins from places that are given: one round moves no row far, and what does not fit is refused', async () => {
  const { points } = clusters(3, 40, 8);
  const { points: before } = await umap(points, {});
  const turned = matrix(
    Float64Array.from(before.data, (_, at) => before.data[at ^ 1]),
    before.rows,
    2,
  );
  const { points: again } = await umap(points, { epochs: 1 }, { start: turned });
  const own = Array.from({ length: 120 }, (_, i) => distanceOf2(again, turned, i));
  const other = Array.from({ length: 120 }, (_, i) => distanceOf2(again, before, i));
  expect(medianOf(own)).toBeLessThan(medianOf(other) / 2);
  await expect(umap(points, {}, { start: points })).rejects.toThrow(
    'umap: expected a start of 120 × 2; got 120 × 8.',
  );
  const start = matrix(new Float64Array(240).fill(Number.NaN), 120, 2);
  await expect(umap(points, {}, { start })).rejects.toThrow('umap, start');
});

function distanceOf2(a: Matrix, b: Matrix, i: number): number {
  return Math.hypot(a.data[2 * i] - b.data[2 * i], a.data[2 * i + 1] - b.data[2 * i + 1]);
}
