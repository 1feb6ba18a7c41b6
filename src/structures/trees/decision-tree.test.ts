import { expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { Run } from '../../core/run.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { decisionTree, leavesOf, type TreeOptions, treeValues } from './decision-tree.ts';
import { treeRules } from './tree-rules.ts';

const run = new Run({});
const any: TreeOptions = { depth: 20, leafRows: 1, leaves: Infinity, thresholds: 255 };

/** x in a grid of two columns, class 1 where both are above ½. */
const corner = matrix(
  Float64Array.from({ length: 200 }, (_, e) => (e % 2 ? Math.floor(e / 20) : (e / 2) % 10) / 10),
  100,
  2,
);
const inCorner = Int32Array.from({ length: 100 }, (_, i) =>
  corner.data[2 * i] > 0.5 && corner.data[2 * i + 1] > 0.5 ? 1 : 0,
);

test('a corner is told by two questions, halfway between the numbers that rows have', async () => {
  const tree = await decisionTree(corner, { of: inCorner, classes: 2 }, any, run);
  expect(Array.from(tree.columns)).toEqual([0, -1, 1, -1, -1]);
  expect(tree.thresholds[0]).toBeCloseTo(0.55, 14);
  expect(Array.from(tree.counts)).toEqual([100, 60, 40, 24, 16]);
  const [rest, other, own] = treeRules(tree);
  expect([rest.support, rest.confidence, other.support]).toEqual([60, 1, 24]);
  expect(own.place).toBe(1);
  expect(own.conditions.map(({ column, atMost }) => [column, atMost])).toEqual([
    [0, Infinity],
    [1, Infinity],
  ]);
});

test('the gain is that of Gini’s impurity: by hand for four rows', async () => {
  // Cut after 1: impurity 0; every other cut leaves some.
  const x = matrix(Float64Array.of(0, 1, 5, 6), 4, 1);
  const tree = await decisionTree(x, { of: Int32Array.of(0, 0, 1, 1), classes: 2 }, any, run);
  expect(tree.thresholds[0]).toBe(3);
  expect(Array.from(tree.values.data)).toEqual([0.5, 0.5, 1, 0, 0, 1]);
});

test('classes and their one-hot numbers give the same tree', async () => {
  const x = normalMatrix(80, 5, 1);
  const of = Int32Array.from({ length: 80 }, (_, i) =>
    x.data[5 * i] + x.data[5 * i + 3] > 0 ? 1 : 0,
  );
  const oneHot = matrix(
    Float64Array.from({ length: 160 }, (_, e) => (of[e >> 1] === e % 2 ? 1 : 0)),
    80,
    2,
  );
  const tree = await decisionTree(x, { of, classes: 2 }, any, run);
  expect(await decisionTree(x, oneHot, any, run)).toEqual(tree);
  const values = treeValues(tree, x);
  for (let i = 0; i < 80; i++) expect(values.data[2 * i + of[i]]).toBe(1);
});

test('a regression tree leaves the means of what comes to its leaves', async () => {
  const x = normalMatrix(60, 3, 2);
  const y = normalMatrix(60, 2, 3);
  const tree = await decisionTree(x, y, { ...any, depth: 3, leafRows: 5 }, run);
  const leaves = leavesOf(tree, x);
  for (const leaf of new Set(leaves)) {
    const own = gathered(
      y,
      Array.from(leaves.keys()).filter((i) => leaves[i] === leaf),
    );
    expect(own.rows).toBe(tree.counts[leaf]);
    expect(own.rows).toBeGreaterThanOrEqual(5);
    const mean = own.data.reduce((sum, v, e) => (e % 2 === 0 ? sum + v / own.rows : sum), 0);
    expect(tree.values.data[2 * leaf]).toBeCloseTo(mean, 12);
  }
});

test('limits are kept: depth, leaves; constant columns and equal targets ask nothing', async () => {
  const x = normalMatrix(100, 4, 4);
  const of = Int32Array.from({ length: 100 }, (_, i) => i % 3);
  const few = await decisionTree(x, { of, classes: 3 }, { ...any, leaves: 4 }, run);
  expect(few.columns.filter((c) => c < 0)).toHaveLength(4);
  const flat = await decisionTree(x, { of, classes: 3 }, { ...any, depth: 0 }, run);
  expect(Array.from(flat.columns)).toEqual([-1]);
  const constant = matrix(new Float64Array(20).fill(3), 10, 2);
  const none = await decisionTree(constant, { of: of.slice(0, 10), classes: 3 }, any, run);
  expect(none.counts).toEqual(Int32Array.of(10));
  const same = await decisionTree(x, { of: new Int32Array(100), classes: 2 }, any, run);
  expect(same.counts).toEqual(Int32Array.of(100));
});

test('of equally good questions the one of the lower column is asked', async () => {
  const x = matrix(Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3), 4, 2);
  const tree = await decisionTree(x, { of: Int32Array.of(0, 0, 1, 1), classes: 2 }, any, run);
  expect(tree.columns[0]).toBe(0);
});

test('a column of more numbers than thresholds is cut at quantiles, and each row goes where it was counted', async () => {
  const random = Random.fromSeed(5);
  const x = matrix(
    Float64Array.from({ length: 3000 }, () => random.normal()),
    3000,
    1,
  );
  const of = Int32Array.from(x.data, (value) => (value > 0.3 ? 1 : 0));
  const tree = await decisionTree(x, { of, classes: 2 }, { ...any, depth: 1, thresholds: 20 }, run);
  const leaves = leavesOf(tree, x);
  for (const leaf of [1, 2])
    expect(leaves.filter((own) => own === leaf)).toHaveLength(tree.counts[leaf]);
  expect(Math.abs(tree.thresholds[0] - 0.3)).toBeLessThan(0.15);
});
