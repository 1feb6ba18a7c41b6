import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { mds } from './mds.ts';
import { pca } from './pca.ts';
import { guttmanStepInPlace, pairDistances } from './support/smacof.ts';

function normalRows(n: number, d: number, seed = 3): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

const gap = (a: Matrix, i: number, b: Matrix, j: number) => {
  let squares = 0;
  for (let c = 0; c < a.cols; c++)
    squares += (a.data[i * a.cols + c] - b.data[j * b.cols + c]) ** 2;
  return Math.sqrt(squares);
};

const stressOf = (points: Matrix, map: Matrix) => {
  const [wanted, got] = [pairDistances(points), pairDistances(map)];
  const off = wanted.reduce((sum, d, pair) => sum + (d - got[pair]) ** 2, 0);
  return Math.sqrt(off / wanted.reduce((sum, d) => sum + d * d, 0));
};

test('with all columns distances stay as they are', async () => {
  const points = normalRows(30, 3);
  const { points: map, facts } = await mds(points, { dim: 3 });
  expect(facts['stress']).toBeLessThan(1e-7);
  expect(stressOf(points, map)).toBeLessThan(1e-7);
});

test('four corners of a tetrahedron become a square in the plane, whose stress is known', async () => {
  // Sides all √2: the best quadrilateral is a square of sides a and diagonals a√2, and a minimizes 4(a − √2)² + 2(a√2 − √2)².
  const corners = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
  const { points: map, facts } = await mds(matrix(corners, 4, 3), {
    tolerance: 1e-12,
    steps: 5000,
  });
  const side = (4 * Math.SQRT2 + 2 * 2) / (4 + 4);
  const least = (4 * (side - Math.SQRT2) ** 2 + 2 * (side * Math.SQRT2 - Math.SQRT2) ** 2) / 12;
  expect(facts['stress']).toBeCloseTo(Math.sqrt(least), 6);
  const lengths = Array.from(pairDistances(map)).toSorted((a, b) => a - b);
  for (const length of lengths.slice(0, 4)) expect(length).toBeCloseTo(side, 4);
});

test('no step raises the stress, and the result lies below the components', async () => {
  const points = normalRows(60, 6);
  const layout = normalRows(60, 2, 8);
  const distances = pairDistances(points);
  const room = new Float64Array(120);
  let before = Infinity;
  for (let step = 0; step < 40; step++) {
    const stress = guttmanStepInPlace(layout, distances, room);
    expect(stress).toBeLessThanOrEqual(before);
    before = stress;
  }
  const { points: map, facts } = await mds(points);
  expect(stressOf(points, map)).toBeLessThan(0.9 * stressOf(points, (await pca(points)).points));
  expect(facts['stress']).toBeCloseTo(stressOf(points, map), 12);
});

test('steps go on as long as they take off enough: the layout is a fixed point at the end', async () => {
  const points = normalRows(60, 6);
  const { points: map, facts } = await mds(points, { tolerance: 1e-12, steps: 20_000 });
  // Steps that still take off 1e-12 of the stress of 60 places of size 1 move them by about its root, 1e-6, and more
  // where the stress is flat.
  const layout = { ...map, data: Float64Array.from(map.data) };
  guttmanStepInPlace(layout, pairDistances(points), new Float64Array(120));
  const moved = layout.data.map((x, e) => Math.abs(x - map.data[e]));
  expect(Math.max(...moved)).toBeLessThan(1e-4);
  const one = await mds(points, { steps: 1 });
  expect(facts['stress']).toBeLessThan(0.97 * one.facts['stress']);
});

test('new rows lie where distances say, exactly where there is room for them', async () => {
  const points = normalRows(40, 2);
  const { model, points: map } = await mds(points, { dim: 2 });
  const others = normalRows(7, 2, 11);
  const placed = await mds.transform(model, others);
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 40; j++) {
      const [x, y] = [0, 1].map((c) => others.data[2 * i + c] - points.data[2 * j + c]);
      const [u, v] = [0, 1].map((c) => placed.data[2 * i + c] - map.data[2 * j + c]);
      expect(Math.hypot(u, v)).toBeCloseTo(Math.hypot(x, y), 6);
    }
  }
  expect((await mds.transform(model, points)).data).toEqual(map.data);
});

test('steps go on until they take off too little, not until the first', async () => {
  const points = normalRows(60, 6);
  const stressAfter = async (steps: number) => (await mds(points, { steps })).facts['stress'];
  const [one, few, all] = [await stressAfter(1), await stressAfter(10), await stressAfter(5000)];
  expect(few).toBeLessThan(0.97 * one);
  expect(all).toBeLessThan(few);
  const { points: map } = await mds(points, { steps: 5000 });
  const [layout, room] = [toFloat64(map), new Float64Array(120)];
  const before = guttmanStepInPlace(layout, pairDistances(points), room);
  const after = guttmanStepInPlace(layout, pairDistances(points), room);
  expect(before - after).toBeLessThan(1e-6 * before);
});

test('of many rows blocks are scaled, to the stress of all within 3 %, well below the components', async () => {
  const points = toFloat32(normalRows(400, 6));
  const whole = await mds(points);
  const options = { landmarks: 60, block: 50 };
  const { points: map, facts, warnings, model } = await mds(points, options);
  expect(facts['landmarks']).toBe(60);
  expect(warnings).toEqual(['400 rows were scaled in blocks of 50, drawn anew in each round.']);
  expect(stressOf(points, map)).toBeLessThan(1.03 * stressOf(points, whole.points));
  expect(stressOf(points, map)).toBeLessThan(0.9 * stressOf(points, (await pca(points)).points));
  // 400 · 16 of 79,800 pairs: one in twelve.
  expect(facts['stress'] / stressOf(points, map)).toBeCloseTo(1, 1);
  // Those that were fitted lie where they lay, landmarks or not.
  expect((await mds.transform(model, points)).data).toEqual(map.data);
});

test('many new rows keep the distances to those fitted better than the components do', async () => {
  const [points, others] = [normalRows(400, 6), normalRows(100, 6, 21)];
  const across = (map: Matrix, placed: Matrix) => {
    let [off, total] = [0, 0];
    for (let i = 0; i < 100; i++) {
      for (let j = 0; j < 400; j++) {
        const wanted = gap(others, i, points, j);
        off += (gap(placed, i, map, j) - wanted) ** 2;
        total += wanted ** 2;
      }
    }
    return Math.sqrt(off / total);
  };
  const fitted = await mds(points, { landmarks: 60, block: 50, steps: 100 });
  const linear = await pca(points);
  const ours = across(fitted.points, await mds.transform(fitted.model, others));
  expect(ours).toBeLessThan(0.9 * across(linear.points, await pca.transform(linear.model, others)));
});

test('blocks of rows go on from a checkpoint to the same bytes, and give them with one and two threads', async () => {
  const points = toFloat32(normalRows(90, 5));
  const options = { landmarks: 20, block: 16, steps: 40 };
  const whole = await mds(points, options);
  const store = memoryStore();
  const controller = new AbortController();
  const { signal } = controller;
  const onFrame = () => controller.abort();
  const checkpoint = { store, every: 5 };
  await expect(mds(points, options, { checkpoint, onFrame, signal })).rejects.toThrow('stopped');
  const resumed = await mds(points, options, { checkpoint, resume: true });
  expect(resumed.points).toEqual(whole.points);
  const maps: Matrix[] = [];
  for (const threads of [1, 2]) {
    const engine = await chooseEngine('wasm', { threads });
    maps.push((await mds(points, options, { engine })).points);
    await engine.dispose();
  }
  expect(maps[1]).toEqual(maps[0]);
});

test('copies of rows lie at one place; more columns than there are are refused', async () => {
  const points = normalRows(10, 3);
  const data = new Float64Array([...points.data, ...points.data]);
  const { points: map } = await mds(matrix(data, 20, 3));
  for (let e = 0; e < 20; e++) expect(map.data[20 + e]).toBeCloseTo(map.data[e], 10);
  const { points: one } = await mds(matrix(new Float64Array(9).fill(4), 3, 3));
  expect(Array.from(one.data, Math.abs)).toEqual(new Array(6).fill(0));
  await expect(mds(points, { dim: 4 })).rejects.toThrow(
    'mds: option "dim" must be at most 3, the columns; got 4.',
  );
});

test('goes on from a checkpoint to the same bytes, and refuses that of other rows', async () => {
  let saved: Uint8Array | undefined;
  const store = {
    name: 'memory',
    load: async () => saved,
    async save(bytes: Uint8Array) {
      saved = bytes.slice();
    },
  };
  const points = normalRows(40, 5);
  const whole = await mds(points);
  const controller = new AbortController();
  const onFrame = () => controller.abort();
  const checkpoint = { store, every: 5 };
  const stopped = mds(points, {}, { checkpoint, onFrame, signal: controller.signal });
  await expect(stopped).rejects.toThrow('mds: stopped on request.');
  expect(saved).toBeDefined();
  const resumed = await mds(points, {}, { checkpoint: { store }, resume: true });
  expect(resumed.points).toEqual(whole.points);
  await expect(
    mds(normalRows(40, 5, 9), {}, { checkpoint: { store }, resume: true }),
  ).rejects.toThrow('the checkpoint was saved with rows');
});

test('placing many rows stops when it is aborted', async () => {
  const { model } = await mds(normalRows(300, 5));
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await expect(
    mds.transform(model, normalRows(20_000, 5, 2), { signal: controller.signal }),
  ).rejects.toThrow('stopped on request');
});
