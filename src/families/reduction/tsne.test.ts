import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { tsne } from './tsne.ts';
import type { Frame } from './types.ts';

const QUICK = { perplexity: 8, earlySteps: 60, steps: 120 };

/** Groups of normal rows about corners of a simplex, n × d. */
function groups(n: number, d: number, count = 3): Matrix<Float64Array> {
  const random = Random.fromSeed(7);
  const data = Float64Array.from({ length: n * d }, (_, at) => {
    const [i, c] = [Math.floor(at / d), at % d];
    return random.normal() + (c === i % count ? 12 : 0);
  });
  return matrix(data, n, d);
}

function squaredGap({ data, cols }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) sum += (data[i * cols + c] - data[j * cols + c]) ** 2;
  return sum;
}

/** Share of rows whose nearest other row is of their group. */
function purity(points: Matrix, count = 3): number {
  let same = 0;
  for (let i = 0; i < points.rows; i++) {
    let nearest = i === 0 ? 1 : 0;
    for (let j = 0; j < points.rows; j++) {
      if (j !== i && squaredGap(points, i, j) < squaredGap(points, i, nearest)) nearest = j;
    }
    if (nearest % count === i % count) same += 1;
  }
  return same / points.rows;
}

test.each([1, 2, 3])('groups stay groups in %i dimensions', async (dim) => {
  const { points, facts } = await tsne(groups(90, 6), { ...QUICK, dim });
  expect([points.rows, points.cols]).toEqual([90, dim]);
  expect(purity(points)).toBe(1);
  expect(facts['divergence']).toBeGreaterThan(0);
});

test('three rows that are equally far apart become an equilateral triangle', async () => {
  const { points, facts } = await tsne(matrix(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3, 3));
  const sides = [squaredGap(points, 0, 1), squaredGap(points, 1, 2), squaredGap(points, 2, 0)];
  for (const side of sides) expect(side / sides[0]).toBeCloseTo(1, 6);
  // P and Q are both uniform then.
  expect(facts['divergence']).toBeCloseTo(0, 10);
});

test('a map that moves on loses divergence', async () => {
  const points = groups(90, 6);
  const short = await tsne(points, { ...QUICK, steps: 20 });
  const long = await tsne(points, { ...QUICK, steps: 300 });
  expect(long.facts['divergence']).toBeLessThan(short.facts['divergence']);
});

test('equal rows stay in one place, and all rows equal still give a finite map', async () => {
  const points = groups(40, 4);
  points.data.copyWithin(4, 0, 4);
  const { points: map } = await tsne(points, QUICK);
  expect(squaredGap(map, 0, 1)).toBe(0);
  const flat = await tsne(matrix(new Float64Array(30), 10, 3), QUICK);
  expect(flat.points.data.every(Number.isFinite)).toBe(true);
});

test('a constant column, one column alone and fewer rows than columns are no trouble', async () => {
  const line = matrix(
    Float64Array.from({ length: 40 }, (_, i) => i),
    40,
    1,
  );
  const { points } = await tsne(line, QUICK);
  expect(points.data.every(Number.isFinite)).toBe(true);
  const wide = await tsne(groups(12, 30), QUICK);
  expect(purity(wide.points)).toBe(1);
});

test('a perplexity that the rows do not bear is lowered with a warning', async () => {
  const { facts, warnings } = await tsne(groups(31, 4), { ...QUICK, perplexity: 30 });
  expect(facts['perplexity']).toBe(10);
  expect(warnings).toEqual([
    'A perplexity of 30 needs 90 neighbors; 31 rows bear 10, which was taken.',
  ]);
});

test('a run that stopped at any checkpoint goes on to the same bytes', async () => {
  const points = groups(60, 5);
  const whole = await tsne(points, QUICK);
  for (const stopAt of [25, 75, 145]) {
    const store = memoryStore();
    const controller = new AbortController();
    const { signal } = controller;
    const onFrame = ({ step }: Frame) => {
      if (step >= stopAt) controller.abort();
    };
    const checkpoint = { store, every: 25 };
    await expect(tsne(points, QUICK, { signal, onFrame, checkpoint })).rejects.toThrow();
    const rest: number[] = [];
    const resumed = await tsne(points, QUICK, {
      checkpoint,
      resume: true,
      onFrame: ({ step }) => void rest.push(step),
    });
    expect(rest[0]).toBeGreaterThanOrEqual(stopAt - 5);
    expect(resumed.points).toEqual(whole.points);
    expect(resumed.facts).toEqual(whole.facts);
  }
});

test('a checkpoint of other options or rows is refused in a sentence', async () => {
  const store = memoryStore('half.ckpt');
  const points = groups(30, 4);
  await tsne(points, QUICK, { checkpoint: { store } });
  const again = { checkpoint: { store }, resume: true };
  await expect(tsne(points, { ...QUICK, steps: 130 }, again)).rejects.toThrow(
    /half.ckpt.*saved with settings/,
  );
  await expect(tsne(groups(30, 5), QUICK, again)).rejects.toThrow(/saved with neighbors/);
  await expect(tsne(points, QUICK, { resume: true })).rejects.toThrow(/resume/);
});

test('frames come in order and end with the map', async () => {
  const frames: Frame[] = [];
  const { points } = await tsne(groups(30, 4), QUICK, {
    onFrame: (frame) => void frames.push(frame),
  });
  expect(frames.map(({ step }) => step)).toEqual(Array.from({ length: 18 }, (_, i) => 10 * i + 10));
  expect(frames.at(-1)?.points).toEqual(points);
});

test('new rows are placed beside the fitted rows they resemble, and the map stays', async () => {
  const all = groups(120, 6);
  const fitted = matrix(all.data.slice(0, 90 * 6), 90, 6);
  const rest = matrix(all.data.slice(90 * 6), 30, 6);
  for (const dim of [1, 2, 3]) {
    const { points, model } = await tsne(fitted, { ...QUICK, dim });
    const placed = await tsne.transform(model, rest);
    const together = matrix(Float64Array.of(...points.data, ...placed.data), 120, dim);
    expect(purity(together)).toBe(1);
  }
});

test('many rows, on the mesh: groups stay groups, and one and two threads give the same bytes', async () => {
  const points = toFloat32(groups(4100, 6));
  const options = { earlySteps: 20, steps: 20 };
  const maps = [];
  for (const threads of [1, 2]) {
    const engine = await chooseEngine('wasm', { threads });
    maps.push(await tsne(points, options, { engine }));
    await engine.dispose();
  }
  expect(maps[1].points).toEqual(maps[0].points);
  expect(purity(maps[0].points)).toBe(1);
});

test('neighbors that are known already give the same map', async () => {
  const points = groups(60, 5);
  const neighbors = await referenceEngine.nearest(points, 30);
  expect((await tsne(points, QUICK, { neighbors })).points).toEqual(
    (await tsne(points, QUICK)).points,
  );
});

test('begins from places that are given, whatever their size and middle', async () => {
  const points = groups(60, 5);
  const { points: before } = await tsne(points, QUICK);
  const none = { perplexity: 8, earlySteps: 0, steps: 1 };
  const { points: again } = await tsne(points, none, { start: before });
  const far = matrix(
    Float64Array.from(before.data, (x) => 1024 * x),
    before.rows,
    2,
  );
  const { points: scaled } = await tsne(points, none, { start: far });
  expect(scaled).toEqual(again);
  // One step leaves the groups where they were.
  expect(purity(again)).toBe(1);
});
