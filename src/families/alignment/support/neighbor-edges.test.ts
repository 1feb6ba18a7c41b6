import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { type SparseMatrix, sparseMatrix } from '../../../core/sparse.ts';
import { neighborEdges, stackedEdges } from './neighbor-edges.ts';
import { propagateLabels } from './propagation.ts';
import { graphSimilarity, hypergraphSimilarity } from './similarities.ts';

/** Points at these angles, at different lengths. */
const at = (...degrees: number[]): Matrix<Float64Array> =>
  matrix(
    Float64Array.from(
      degrees.flatMap((angle, i) =>
        [Math.cos, Math.sin].map((f) => (i + 1) * f((angle * Math.PI) / 180)),
      ),
    ),
    degrees.length,
    2,
  );

const listOf = ({ columns, offsets }: SparseMatrix, i: number) =>
  Array.from(columns.subarray(offsets[i], offsets[i + 1]));

test('each row is joined to the nearest others by direction, each with its own number of them', async () => {
  const points = at(0, 10, 25, 90);
  const edges = await neighborEdges(points, points, { k: [1, 2, 1, 9] });
  expect([0, 1, 2, 3].map((i) => listOf(edges, i))).toEqual([[1], [0, 2], [1], [2, 1, 0]]);
  const { values } = edges;
  for (const value of values) expect(value).toBeLessThan(1);
  // 10° apart: ‖x − y‖² = 2 − 2 cos 10°, and the same number from either side.
  expect(values[0]).toBe(values[1]);
  const unit = (2 - 2 * Math.cos(Math.PI / 18)) / -Math.log(values[0]);
  expect(values[2]).toBeCloseTo(Math.exp(-(2 - 2 * Math.cos(Math.PI / 12)) / unit), 8);
});

test('across views a list leaves out the thing itself, or has it first where it is asked for', async () => {
  const [x, y] = [at(0, 40, 80), at(2, 44, 81)];
  expect(listOf(await neighborEdges(x, y, { k: 1 }), 0)).toEqual([1]);
  expect(listOf(await neighborEdges(x, y, { k: 1, itself: true }), 2)).toEqual([2, 1]);
});

test('stacked hyperedges are those of all views', async () => {
  const [x, y] = [at(0, 40, 80), at(2, 44, 81)];
  const parts = [await neighborEdges(x, y, { k: 1 }), await neighborEdges(y, x, { k: 2 })];
  const all = stackedEdges(parts);
  expect([all.rows, all.cols]).toEqual([6, 3]);
  expect([0, 3].map((e) => listOf(all, e))).toEqual([listOf(parts[0], 0), listOf(parts[1], 0)]);
  expect(all.values.length).toBe(9);
});

test('one label in each of two groups reaches all of its group, along a graph and along hyperedges', async () => {
  const random = Random.fromSeed(6);
  const angles = Array.from({ length: 40 }, (_, i) => (i % 2) * 120 + 40 * random.uniform());
  const [x, y] = [at(...angles), at(...angles.map((angle) => angle + random.uniform()))];
  const labels = angles.map((_, i) => (i < 2 ? i : -1));
  const graph = graphSimilarity(await neighborEdges(x, x, { k: 9 }));
  const options = { k: 9, itself: true };
  const edges = [await neighborEdges(x, y, options), await neighborEdges(y, x, options)];
  const hypergraph = hypergraphSimilarity(stackedEdges(edges));
  for (const similarity of [graph, hypergraph]) {
    const found = await propagateLabels(similarity, labels, { alpha: 0.9 });
    expect(Array.from(found.labels)).toEqual(angles.map((_, i) => i % 2));
  }
});

test('equal rows are as alike as can be, and rows of zeros have finite numbers', async () => {
  const same = matrix(new Float64Array(8).fill(1), 4, 2);
  expect(Array.from((await neighborEdges(same, same, { k: 2 })).values)).toEqual(
    new Array(8).fill(1),
  );
  const none = matrix(new Float64Array(8), 4, 2);
  for (const value of (await neighborEdges(none, none)).values) expect(value).toBe(1);
});

test('what cannot be is refused in a sentence', async () => {
  const points = at(0, 10, 20);
  const refused: [Promise<unknown>, string][] = [
    [neighborEdges(points, at(0, 10)), 'got 3 × 2 and 2 × 2.'],
    [neighborEdges(points, points, { k: [1, 2] }), 'expected k for each of 3 rows; got 2.'],
    [neighborEdges(points, points, { k: 0 }), 'expected k of 1 or more; got 0.'],
    [neighborEdges(at(0, NaN), points), 'from: row 1, column 0 is NaN'],
  ];
  for (const [promise, sentence] of refused) await expect(promise).rejects.toThrow(sentence);
  const one = sparseMatrix(1, 3, []);
  expect(() => stackedEdges([one, sparseMatrix(1, 2, [])])).toThrow('equally many things; got 2.');
});
