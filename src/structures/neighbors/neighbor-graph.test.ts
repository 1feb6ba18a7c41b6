import { expect, test } from 'vitest';
import { AbortedError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import { type Matrix, toFloat64, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { squaredDistance } from '../../engine/kernels/squared-distance.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { engineFamilies, expectSameBytes, onEachKind } from '../../testing/engines.ts';
import { componentsOf } from './components.ts';
import { exactRowsFor, type NeighborGraph, neighborGraph } from './neighbor-graph.ts';

const families = engineFamilies();
const wasm = () => families[0][0];

/** n rows around so many centres, far apart, float32. */
function clusters(n: number, d: number, centers: number): Matrix<Float32Array> {
  const random = Random.fromSeed(n + d);
  const points = zeros(n, d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) points.data[i * d + c] = random.normal();
    points.data[i * d] += 40 * (i % centers);
  }
  return points;
}

function approximate(points: Matrix, k: number, seed = 3, engine = wasm()): Promise<NeighborGraph> {
  return neighborGraph(points, k, { engine, random: Random.fromSeed(seed), exactRows: 0 });
}

/** Share of the true neighbours in the lists, over all rows. */
async function trueRecall(points: Matrix, { distances, n, k }: KnnGraph): Promise<number> {
  const exact = await wasm().nearest(points, k);
  let hits = 0;
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < k; r++) {
      if (distances[i * k + r] <= exact.distances[i * k + k - 1]) hits += 1;
    }
  }
  return hits / (n * k);
}

/** Other rows, each once, ascending by distance and then by index, distances those of the differences. */
function expectLists({ data, cols: d }: Matrix, { indices, distances, n, k }: KnnGraph): void {
  const wrong: number[] = [];
  for (let i = 0; i < n; i++) {
    const list = indices.subarray(i * k, (i + 1) * k);
    if (new Set([...list, i]).size !== k + 1) wrong.push(i);
    for (let r = 0; r < k; r++) {
      const at = i * k + r;
      const distance = Math.sqrt(squaredDistance(data, i * d, data, indices[at] * d, d));
      const sorted =
        r === 0 ||
        distances[at - 1] < distance ||
        (distances[at - 1] === distance && indices[at - 1] < indices[at]);
      if (distances[at] !== distance || !sorted) wrong.push(i);
    }
  }
  expect(wrong).toEqual([]);
}

test('few rows get the exact lists, and no recall', async () => {
  const points = clusters(300, 6, 2);
  const graph = await neighborGraph(points, 5, { engine: wasm(), random: Random.fromSeed(1) });
  expect(graph).toEqual({ graph: await wasm().nearest(points, 5), warnings: [] });
  expect(exactRowsFor(15)).toBe(50_500);
});

test('lists that are known are taken, cut to the length that is wanted', async () => {
  const points = clusters(60, 4, 2);
  const neighbors = await wasm().nearest(points, 9);
  const options = { engine: wasm(), random: Random.fromSeed(1), neighbors, exactRows: 0 };
  const { graph, recall } = await neighborGraph(points, 4, options);
  expect(graph).toEqual(await wasm().nearest(points, 4));
  expect(recall).toBeUndefined();
});

test('lists that are too short, and lists that are not by distance, are told', async () => {
  const points = clusters(60, 4, 2);
  const context = { engine: wasm(), random: Random.fromSeed(1) };
  const neighbors = await wasm().nearest(points, 3);
  const anew = await neighborGraph(points, 5, { ...context, neighbors });
  expect(anew.graph).toEqual(await wasm().nearest(points, 5));
  expect(anew.warnings).toEqual([
    'The lists of 3 neighbours that were given are too short, 5 are asked for: they were looked for anew.',
  ]);
  const same = await neighborGraph(points, 3, { ...context, neighbors });
  expect(same.warnings).toEqual([]);
  const halved = { ...neighbors, distances: neighbors.distances.map((distance) => distance / 2) };
  const { warnings } = await neighborGraph(points, 3, { ...context, neighbors: halved });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^The neighbours that were given are not by distance: row 0 has row/);
});

test('the approximate lists hold 95 % of the true ones, and the interval says so', async () => {
  const points = clusters(6000, 12, 3);
  const { graph, recall } = await approximate(points, 10);
  expectLists(points, graph);
  const truth = await trueRecall(points, graph);
  expect(truth).toBeGreaterThan(0.95);
  // The seed is fixed; 95 of 100 would do.
  expect(recall?.low).toBeLessThanOrEqual(truth);
  expect(recall?.high).toBeGreaterThanOrEqual(truth);
});

test('rows without neighborhoods get an honest recall below 1', async () => {
  const points = clusters(3000, 60, 1);
  const { graph, recall } = await approximate(points, 15);
  const truth = await trueRecall(points, graph);
  expect(recall?.low).toBeLessThanOrEqual(truth);
  expect(recall?.high).toBeGreaterThanOrEqual(truth);
  expect(recall?.high).toBeLessThan(1);
});

test('the same bytes for any number of threads, and on every fast engine', async () => {
  const points = clusters(1500, 9, 2);
  const all = await onEachKind(families, (engine) => approximate(points, 7, 3, engine));
  for (const other of all) expectSameBytes(other, all[0]);
});

test('float64 rows have their graph on the reference engine', async () => {
  const points = toFloat64(clusters(700, 5, 2));
  const { graph } = await approximate(points, 6, 1, referenceEngine);
  expectLists(points, graph);
});

test('parts far apart stay apart', async () => {
  const points = clusters(3000, 5, 3);
  const { graph } = await approximate(points, 8);
  expect(componentsOf(graph, 3000).map(({ length }) => length)).toEqual([1000, 1000, 1000]);
});

test('thousands of equal rows find each other, the others their own', async () => {
  const points = clusters(4000, 8, 1);
  for (let i = 0; i < 4000; i += 2) points.data.fill(0.5, i * 8, (i + 1) * 8);
  const { graph, recall } = await approximate(points, 15);
  expectLists(points, graph);
  for (let i = 0; i < 4000; i += 2) expect(graph.distances[i * 15 + 14]).toBe(0);
  expect(await trueRecall(points, graph)).toBeGreaterThan(0.95);
  expect(recall?.value).toBeGreaterThan(0.95);
});

test('constant rows have full lists at distance 0', async () => {
  const points = zeros(900, 3);
  points.data.fill(7);
  const { graph, recall } = await approximate(points, 20);
  expectLists(points, graph);
  expect(graph.distances.every((distance) => distance === 0)).toBe(true);
  expect(recall?.value).toBe(1);
});

test('long lists are full and good', async () => {
  const points = clusters(2500, 6, 2);
  const { graph, recall } = await approximate(points, 90);
  expectLists(points, graph);
  expect(recall?.value).toBeGreaterThan(0.95);
});

test.each([
  [200, 199],
  [200, 500],
  [6, 15],
  [2, 1],
])('%i rows with k = %i: exact lists of all the others at most', async (n, k) => {
  const points = clusters(n, 3, 1);
  const wanted = Math.min(k, n - 1);
  expect(await approximate(points, k)).toEqual({
    graph: await wasm().nearest(points, wanted),
    warnings: [],
  });
});

test('an abort between two blocks stops the search', async () => {
  const stop = new AbortController();
  const points = clusters(4000, 8, 2);
  const options = { engine: wasm(), random: Random.fromSeed(1), exactRows: 0 };
  const onProgress = () => stop.abort();
  const run = neighborGraph(points, 5, { ...options, signal: stop.signal, onProgress });
  await expect(run).rejects.toThrow(AbortedError);
});

test('progress goes from 0 to 1 and never back', async () => {
  const shares: number[] = [];
  const options = { engine: wasm(), random: Random.fromSeed(1), exactRows: 0 };
  const onProgress = (done: number) => shares.push(done);
  await neighborGraph(clusters(1000, 4, 1), 5, { ...options, onProgress });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});
