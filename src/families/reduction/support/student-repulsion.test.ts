import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { spaceTree } from './space-tree.ts';
import { exactRepulsion, type Repulsion } from './student-kernel.ts';
import { createStudentMesh } from './student-mesh.ts';
import { treeRepulsion } from './student-tree.ts';

function cloud(n: number, dim: number, spread: number): Float64Array {
  const random = Random.fromSeed(n);
  return Float64Array.from({ length: n * dim }, () => spread * random.normal());
}

function meshRepulsion(dim: 1 | 2): Repulsion {
  const mesh = createStudentMesh(dim);
  return (places, forces) => {
    mesh.fill(places);
    return mesh.read(places, forces) - places.length / dim;
  };
}

/** Relative errors of the sum and of the forces, by root mean square. */
function errors(places: Float64Array, dim: number, repulsion: Repulsion) {
  const exact = new Float64Array(places.length);
  const total = exactRepulsion(dim)(places, exact);
  const forces = new Float64Array(places.length);
  const sum = repulsion(places, forces);
  let [error, size] = [0, 0];
  forces.forEach((force, at) => {
    error += (force - exact[at]) ** 2;
    size += exact[at] ** 2;
  });
  return { sum: Math.abs(sum / total - 1), forces: Math.sqrt(error / size) };
}

test('exact: the sums of the definition, in two dimensions as in any', () => {
  const places = Float64Array.of(0, 0, 3, 0, 0, 1);
  const forces = new Float64Array(6);
  expect(exactRepulsion(2)(places, forces)).toBeCloseTo(2 * (1 / 10 + 1 / 2 + 1 / 11), 14);
  expect(forces[0]).toBeCloseTo(-3 / 100, 14);
  expect(forces[1]).toBeCloseTo(-1 / 4, 14);
  const padded = Float64Array.of(0, 0, 0, 3, 0, 0, 0, 1, 0);
  const inSpace = new Float64Array(9);
  exactRepulsion(3)(padded, inSpace);
  expect([inSpace[3], inSpace[4]]).toEqual([forces[2], forces[3]]);
});

// What the spline leaves at nodes 0.4 apart, where most of a force comes from the nearest points.
test.each([
  [1, 1e-4],
  [1, 3],
  [1, 40],
  [2, 1e-4],
  [2, 0.5],
  [2, 3],
  [2, 12],
] as const)(
  'mesh in %i dimensions, spread %d: within two hundredths of the exact forces',
  (dim, spread) => {
    const error = errors(cloud(800, dim, spread), dim, meshRepulsion(dim));
    expect(error.sum).toBeLessThan(1e-3);
    expect(error.forces).toBeLessThan(0.02);
  },
);

test('mesh: known around the points as far as the margin, and not beyond', () => {
  const places = cloud(200, 2, 2);
  const mesh = createStudentMesh(2);
  mesh.fill(places, 3);
  const most = Math.max(...places.filter((_, at) => at % 2 === 0));
  const outside = Float64Array.of(most + 2.9, 0);
  expect(mesh.covers(outside, 0)).toBe(true);
  expect(mesh.covers(Float64Array.of(most + 3.1, 0), 0)).toBe(false);
  const force = new Float64Array(2);
  const potential = mesh.read(outside, force);
  let exact = 0;
  for (let j = 0; j < 200; j++)
    exact += 1 / (1 + (outside[0] - places[2 * j]) ** 2 + places[2 * j + 1] ** 2);
  expect(potential / exact).toBeCloseTo(1, 4);
  expect(force[0]).toBeGreaterThan(0);
});

test.each([1e-4, 1, 8])(
  'tree, spread %d: within three hundredths of the exact forces',
  (spread) => {
    const error = errors(cloud(1000, 3, spread), 3, treeRepulsion);
    expect(error.sum).toBeLessThan(0.02);
    expect(error.forces).toBeLessThan(0.03);
  },
);

test('tree: equal points, and points on a line, are summed like others', () => {
  const places = cloud(300, 3, 2);
  for (let i = 0; i < 100; i++) places.set(places.subarray(0, 3), 3 * i);
  for (let i = 100; i < 200; i++) places.set([i / 50, 1, 1], 3 * i);
  const error = errors(places, 3, treeRepulsion);
  expect(error.sum).toBeLessThan(0.02);
  expect(error.forces).toBeLessThan(0.03);
});

test('tree: every point is in a leaf, and skips lead past what a box holds', () => {
  const { order, boxes, first, end, skip } = spaceTree(cloud(500, 3, 1));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  const leaves = Array.from({ length: boxes }, (_, box) => box).filter((b) => skip[b] === b + 1);
  expect(leaves.reduce((sum, box) => sum + end[box] - first[box], 0)).toBe(500);
  expect(skip[0]).toBe(boxes);
});
