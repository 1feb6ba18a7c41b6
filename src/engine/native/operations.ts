import type { KnnGraph } from '../../core/graph.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Assignment, MaybePromise, ProductLists, Work } from '../engine.ts';
import { requireFloat32, requireFloats32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { requireSameCols } from '../kernels/assign/contract.ts';
import { requirePlanes } from '../kernels/circle-spacing/contract.ts';
import { spacingLoss } from '../kernels/circle-spacing/reference.ts';
import { type ProductOptions, productOf } from '../kernels/matmul/contract.ts';
import { patchNumbers } from '../kernels/matmul/patches.ts';
import { requireNeighbors } from '../kernels/nearest/contract.ts';
import {
  type PairKernel,
  type PairwiseEnergy,
  requireEnergyArguments,
} from '../kernels/pairwise-energy/contract.ts';
import { kernelNumbers, kindOf, overflow } from '../kernels/pairwise-energy/float32.ts';
import { requireFlow, requireMomentum, SUMS } from '../kernels/sphere-momentum/contract.ts';
import { requireTangents } from '../kernels/sphere-step/contract.ts';
import type { NativePool } from './pool.ts';

// Each operation: arguments checked, results allocated, the kernel run.

const valuesOf = (where: string, m: Matrix): Float32Array => requireFloat32('native', where, m);

export function pairwiseEnergy(
  pool: NativePool,
  points: Matrix,
  kernel: PairKernel,
  gradient?: Matrix | null,
  work?: Work,
): MaybePromise<PairwiseEnergy> {
  const where = 'pairwise-energy';
  const values = valuesOf(where, points);
  requireEnergyArguments(points, kernel, gradient);
  const target = gradient ? valuesOf(where, gradient) : values;
  const { rows: n, cols: d } = points;
  const rowSums = new Float64Array(n);
  const overflowed = new Int32Array(1);
  const job = {
    kernel: 'pairwise_energy',
    numbers: [n, d, kindOf(kernel), gradient ? 1 : 0, ...kernelNumbers(points, kernel)],
    arrays: [values, target, rowSums, overflowed],
    operations: n * n * ((gradient ? 4 : 2) * d + 20),
  };
  return after(pool.run(where, job, work), () => {
    let twice = 0;
    for (let i = 0; i < n; i++) twice += rowSums[i];
    if (!Number.isFinite(twice) || overflowed[0] !== 0) throw overflow(kernel);
    return { sum: twice / 2, rowSums };
  });
}

export function nearest(
  pool: NativePool,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  return lists(pool, 'nearest', points, points, k, work);
}

export function nearestAmong(
  pool: NativePool,
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  return lists(pool, 'nearest-among', queries, points, k, work);
}

export function largestProducts(
  pool: NativePool,
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<ProductLists> {
  requireNeighbors(k);
  const found = lists(pool, 'largest-products', queries, points, k, work);
  return after(found, ({ indices, distances: products }) => ({ indices, products, k }));
}

export function assign(
  pool: NativePool,
  queries: Matrix,
  points: Matrix,
  work?: Work,
): MaybePromise<Assignment> {
  return after(lists(pool, 'assign', queries, points, 1, work), ({ indices, distances }) => ({
    indices,
    distances,
  }));
}

function lists(
  pool: NativePool,
  where: 'nearest' | 'nearest-among' | 'assign' | 'largest-products',
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireSameCols(where, queries, points);
  const [m, n, d] = [queries.rows, points.rows, points.cols];
  const indices = new Int32Array(m * k).fill(-1);
  const product = where === 'largest-products';
  const distances = new Float64Array(m * k).fill(product ? -Infinity : Infinity);
  const job = {
    kernel: 'nearest',
    numbers: [m, n, d, k, where === 'nearest' ? 1 : 0, product ? 1 : 0],
    arrays: [valuesOf(where, queries), valuesOf(where, points), indices, distances],
    operations: 2 * m * n * (d + 2),
  };
  return after(pool.run(where, job, work), () => ({ indices, distances, n: m, k }));
}

export function matmul(
  pool: NativePool,
  a: Matrix,
  b: Matrix,
  options: boolean | ProductOptions = false,
  work?: Work,
): MaybePromise<Matrix> {
  const factors = [valuesOf('matmul', a), valuesOf('matmul', b)];
  const { n, k, m, transposeA, transposeB, patches, bias, out } = productOf(a, b, options);
  const flags = [transposeA, transposeB, bias].map((flag) => (flag ? 1 : 0));
  const row = bias ? [requireFloats32('native', 'matmul', bias)] : [];
  const job = {
    kernel: 'matmul',
    numbers: [n, k, m, ...flags, ...patchNumbers(patches)],
    arrays: [...factors, out.data, ...row],
    operations: 2 * n * k * m,
  };
  return after(pool.run('matmul', job, work), () => out);
}

export function gram(
  pool: NativePool,
  points: Matrix,
  work?: Work,
): MaybePromise<Matrix<Float64Array>> {
  const { rows: n, cols: d } = points;
  const out = zeros64(d, d);
  const job = {
    kernel: 'gram',
    numbers: [n, d, pool.threads],
    arrays: [valuesOf('gram', points), out.data],
    operations: 2 * n * d * d,
  };
  return after(pool.run('gram', job, work), () => out);
}

export function sortRows(pool: NativePool, values: Matrix, work?: Work): MaybePromise<Int32Array> {
  const { rows: s, cols: n } = values;
  const order = new Int32Array(s * n);
  const job = {
    kernel: 'sort_rows',
    numbers: [s, n],
    arrays: [valuesOf('sort-rows', values), order],
    operations: 60 * s * (n + 2048),
  };
  return after(pool.run('sort-rows', job, work), () => order);
}

export function circleSpacingInPlace(
  pool: NativePool,
  projections: Matrix,
  inverseCap: number,
  work?: Work,
): MaybePromise<number> {
  requirePlanes(projections);
  const { rows: n, cols } = projections;
  const sums = new Float64Array(cols / 2);
  const job = {
    kernel: 'circle_spacing',
    numbers: [n, sums.length, inverseCap],
    arrays: [valuesOf('circle-spacing', projections), sums],
    operations: sums.length * (120 * n + 2048),
  };
  return after(pool.run('circle-spacing', job, work), () => spacingLoss(sums, n));
}

export function sphereStepInPlace(
  pool: NativePool,
  points: Matrix,
  tangents: Matrix,
  work?: Work,
): MaybePromise<void> {
  requireTangents(points, tangents);
  const { rows: n, cols: d } = points;
  const job = {
    kernel: 'sphere_step',
    numbers: [n, d],
    arrays: [valuesOf('sphere-step', points), valuesOf('sphere-step', tangents)],
    operations: 10 * n * (d + 10),
  };
  return pool.run('sphere-step', job, work);
}

export function sphereMomentumInPlace(
  pool: NativePool,
  points: Matrix,
  gradient: Matrix,
  momentum: Matrix,
  keep: Float64Array,
  weight: number,
  work?: Work,
): MaybePromise<Float64Array> {
  const where = 'sphere-momentum';
  requireMomentum(points, gradient, momentum, keep);
  const { rows: n, cols: d } = points;
  const sums = new Float64Array(SUMS * n);
  const rows = [points, gradient, momentum].map((m) => valuesOf(where, m));
  const job = {
    kernel: 'sphere_momentum',
    numbers: [n, d, weight],
    arrays: [...rows, keep, sums],
    operations: 8 * n * d,
  };
  return after(pool.run(where, job, work), () => sums);
}

export function sphereFlowInPlace(
  pool: NativePool,
  points: Matrix,
  velocities: Matrix,
  times: Float64Array,
  sums?: Float64Array,
  work?: Work,
): MaybePromise<boolean> {
  const where = 'sphere-flow';
  requireFlow(points, velocities, times, sums);
  const { rows: n, cols: d } = points;
  const changed = new Int32Array(1);
  const rows = [points, velocities].map((m) => valuesOf(where, m));
  const job = {
    kernel: 'sphere_flow',
    numbers: [n, d, sums ? 1 : 0],
    arrays: [...rows, times, sums ?? times, changed],
    operations: 6 * n * d,
  };
  return after(pool.run(where, job, work), () => changed[0] !== 0);
}
