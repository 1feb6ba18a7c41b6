import { expect, test } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { labelLocus, labelScores, nextLabel } from './label-locus.ts';

/** Shortest paths of a graph of edges of length 1, by Floyd and Warshall. */
function pathDistances(
  n: number,
  edges: readonly (readonly [number, number])[],
): Matrix<Float64Array> {
  const out = matrix(new Float64Array(n * n).fill(Infinity), n, n);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 0;
  for (const [a, b] of edges) out.data[a * n + b] = out.data[b * n + a] = 1;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        out.data[i * n + j] = Math.min(
          out.data[i * n + j],
          out.data[i * n + k] + out.data[k * n + j],
        );
  return out;
}

const randomTree = (n: number, random: Random): [number, number][] =>
  Array.from({ length: n - 1 }, (_, i) => [i + 1, random.integer(i + 1)]);

const leavesOf = (n: number, edges: readonly (readonly [number, number])[]) => {
  const degree = new Int32Array(n);
  for (const edge of edges) for (const node of edge) degree[node] += 1;
  return Int32Array.from(degree.keys()).filter((node) => degree[node] === 1);
};

test('the leaves of a tree reach every node, whatever the tree', () => {
  for (let seed = 0; seed < 20; seed++) {
    const n = 5 + seed;
    const edges = randomTree(n, Random.fromSeed(seed));
    expect(labelLocus(pathDistances(n, edges), leavesOf(n, edges)).length).toBe(n);
  }
});

test('two nodes of a tree reach the path between them and nothing else', () => {
  const star: [number, number][] = [
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 3],
  ];
  const distances = pathDistances(5, star);
  expect(Array.from(labelLocus(distances, [1, 4]))).toEqual([0, 1, 3, 4]);
  expect(Array.from(labelLocus(distances, [2]))).toEqual([2]);
});

test('the corners of a grid reach all of it', () => {
  const [w, h] = [5, 4];
  const edges: [number, number][] = [];
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      if (x > 0) edges.push([y * w + x, y * w + x - 1]);
      if (y > 0) edges.push([y * w + x, y * w + x - w]);
    }
  const corners = [0, w - 1, w * (h - 1), w * h - 1];
  expect(labelLocus(pathDistances(w * h, edges), corners).length).toBe(w * h);
});

test('where all labels are equally far from one another none that is not observed is reached', () => {
  const distances = matrix(
    Float64Array.from({ length: 25 }, (_, e) => Number(e % 6 !== 0)),
    5,
    5,
  );
  expect(Array.from(labelLocus(distances, [0, 2, 3]))).toEqual([0, 2, 3]);
});

test('what two labels reach is what a search over their mixtures finds', () => {
  const random = Random.fromSeed(5);
  const n = 12;
  const distances = zeros64(n, n);
  const places = Array.from({ length: n }, () => [random.normal(), random.normal()]);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      distances.data[i * n + j] = Math.hypot(
        places[i][0] - places[j][0],
        places[i][1] - places[j][1],
      );
  for (let b = 1; b < n; b++) {
    const found = new Set<number>();
    for (let t = 0; t <= 20000; t++) {
      const p = t / 20000;
      const { data } = labelScores(matrix(Float64Array.of(p, 1 - p), 1, 2), distances, [0, b]);
      found.add(data.indexOf(Math.max(...data)));
    }
    expect(Array.from(labelLocus(distances, [0, b]))).toEqual([...found].toSorted((x, y) => x - y));
  }
});

test('the next label of a path is its far end, and there is none where all are reached', () => {
  const path: [number, number][] = [
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 3],
  ];
  const distances = pathDistances(5, path);
  expect(nextLabel(distances, [0, 1])).toBe(4);
  expect(nextLabel(distances, [0, 4])).toBeUndefined();
});

test('by the best next label a tree is reached with no more labels than in a drawn order', () => {
  const random = Random.fromSeed(1);
  const edges = randomTree(30, random.fork('tree'));
  const distances = pathDistances(30, edges);
  const observed = [0];
  for (let next = nextLabel(distances, observed); next !== undefined; ) {
    observed.push(next);
    next = nextLabel(distances, observed);
  }
  const order = random.sample(30);
  let drawn = 1;
  while (labelLocus(distances, order.subarray(0, drawn)).length < 30) drawn += 1;
  expect(observed.length).toBeLessThanOrEqual(leavesOf(30, edges).length + 1);
  expect(observed.length).toBeLessThanOrEqual(drawn);
});

test('the expected squared distance of the Fréchet mean is never above that of the likeliest label', () => {
  const random = Random.fromSeed(2);
  const edges = randomTree(20, random.fork('tree'));
  const distances = pathDistances(20, edges);
  const observed = [1, 5, 9, 13, 17];
  for (let draw = 0; draw < 200; draw++) {
    const shares = Float64Array.from({ length: 5 }, () => random.uniform() ** 2);
    const total = shares.reduce((sum, own) => sum + own);
    const p = shares.map((own) => own / total);
    const { data } = labelScores(matrix(p, 1, 5), distances, observed);
    expect(Math.max(...data)).toBeGreaterThanOrEqual(data[observed[p.indexOf(Math.max(...p))]]);
  }
});

test('labels that are none, and matrices that are not square, are refused in a sentence', () => {
  expect(() => labelLocus(zeros64(2, 3), [0])).toThrow(
    'expected as many rows as columns; got 2 × 3.',
  );
  expect(() => labelLocus(zeros64(2, 2), [])).toThrow('no label is observed.');
  expect(() => labelLocus(zeros64(2, 2), [2])).toThrow('places below 2');
  expect(() => labelScores(zeros64(1, 2), zeros64(3, 3), [0])).toThrow('probabilities of 1 labels');
});
