import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { scheduledEdges } from './edge-samplers.ts';
import type { Edges } from './layout-edges.ts';
import { forcesOf } from './layout-forces.ts';
import { edgeSteps } from './layout-steps.ts';

const pair = {
  n: 2,
  heads: Int32Array.of(0),
  tails: Int32Array.of(1),
  weights: Float64Array.of(1),
};
const pull = forcesOf(
  () => -0.25,
  () => 1,
);

const scheduled = (edges: Edges) => scheduledEdges(edges, 3, Random.fromSeed(2));

test.each([1, 2, 3])('an edge draws its rows together by its force, in %d columns', (m) => {
  const layout = matrix(new Float64Array(2 * m), 2, m);
  layout.data[m] = 1;
  // Two rows: every row drawn is of the edge and left out.
  const forces = { forces: pull, negatives: 5, negativesMove: true, clip: 4 };
  const advance = edgeSteps(layout, scheduled(pair), forces, Random.fromSeed(1));
  for (const step of [0, 1]) advance(step, 1);
  // There and back, each halving the distance: f·d from either end.
  expect(layout.data[0]).toBeCloseTo(0.375, 6);
  expect(layout.data[m]).toBeCloseTo(0.625, 6);
});

test('no coordinate moves further than the clip at once', () => {
  const layout = matrix(new Float64Array([0, 0, 100, 0]), 2, 2);
  const forces = { forces: pull, negatives: 1, negativesMove: false, clip: 2 };
  edgeSteps(layout, scheduled(pair), forces, Random.fromSeed(1))(0, 0.5);
  expect([...layout.data]).toEqual([1, 0, 99, 0]);
});

test('the plane’s own loop moves rows as the loop for any number of columns does', () => {
  const n = 50;
  const edges = {
    n,
    heads: Int32Array.from({ length: n - 1 }, (_, i) => i),
    tails: Int32Array.from({ length: n - 1 }, (_, i) => i + 1),
    weights: new Float64Array(n - 1).fill(1),
  };
  const flat = matrix(new Float64Array(n * 2), n, 2);
  Random.fromSeed(4).normals(flat.data);
  const solid = matrix(
    Float64Array.from({ length: n * 3 }, (_, at) => flat.data[2 * Math.floor(at / 3) + (at % 3)]),
    n,
    3,
  );
  for (let i = 0; i < n; i++) solid.data[3 * i + 2] = 0;
  for (const negativesMove of [true, false]) {
    const forces = { forces: pull, negatives: 4, negativesMove, clip: 4 };
    for (const layout of [flat, solid])
      edgeSteps(layout, scheduled(edges), forces, Random.fromSeed(5))(1, 0.1);
    const shadow = Float64Array.from(flat.data, (_, at) => solid.data[3 * (at >> 1) + (at % 2)]);
    expect(shadow).toEqual(flat.data);
  }
});
