import { type Matrix, zeros64 } from '../core/matrix.ts';
import { cholesky } from '../numerics/decompositions/cholesky.ts';
import { eigenvalueSteps, eigh } from '../numerics/decompositions/eigh.ts';
import { qr } from '../numerics/decompositions/qr.ts';
import { singularValues, svd } from '../numerics/decompositions/svd.ts';
import type { Engine, MaybePromise, Work } from './engine.ts';
import { after, inTurns } from './in-turns.ts';
import { type Activation, activationIndex } from './kernels/activation/contract.ts';
import * as activation from './kernels/activation/reference.ts';
import {
  type ArcForces,
  BLOCK_ROWS,
  requireArcForces,
  requireArcs,
} from './kernels/circle-counts/contract.ts';
import { anglesFromUnits, countCircle, forceBlock } from './kernels/circle-counts/reference.ts';
import { requirePlanes } from './kernels/circle-spacing/contract.ts';
import { spaceCircle, spacingLoss } from './kernels/circle-spacing/reference.ts';
import { gramRow } from './kernels/gram/reference.ts';
import { type ProductOptions, productOf } from './kernels/matmul/contract.ts';
import { type Patches, patchMatrix } from './kernels/matmul/patches.ts';
import { productRow } from './kernels/matmul/reference.ts';
import { requirePool } from './kernels/max-pool/contract.ts';
import { poolWindow } from './kernels/max-pool/reference.ts';
import {
  type PairKernel,
  type PairwiseEnergy,
  requireEnergyArguments,
} from './kernels/pairwise-energy/contract.ts';
import { addRowPairs, preparedFor, writeTangent } from './kernels/pairwise-energy/reference.ts';
import { softmaxRow } from './kernels/softmax/reference.ts';
import { sortRow } from './kernels/sort-rows/reference.ts';
import { requireFlow, requireMomentum, SUMS } from './kernels/sphere-momentum/contract.ts';
import { flowRow, pushRow } from './kernels/sphere-momentum/reference.ts';
import { requireTangents } from './kernels/sphere-step/contract.ts';
import { stepRow } from './kernels/sphere-step/reference.ts';
import {
  assign,
  diversify,
  largestProducts,
  nearest,
  nearestAmong,
  searchGraph,
} from './reference-search.ts';

/** Rows stepped between two looks at the clock. */
const STEP_ROWS = 256;

/** Numbers of an activation between two looks at the clock. */
const ACTIVATED = 16384;

/**
 * The oracle: every operation in plain TypeScript, summed in float64, on one thread. Takes float32
 * and float64 matrices.
 */
export const referenceEngine: Engine = {
  name: 'reference',
  threads: 1,
  pairwiseEnergy,
  nearest,
  nearestAmong,
  largestProducts,
  searchGraph,
  diversify,
  assign,
  matmul,
  gram,
  sortRows,
  circleCounts,
  circleForcesInPlace,
  circleSpacingInPlace,
  sphereStepInPlace,
  sphereMomentumInPlace,
  sphereFlowInPlace,
  activate,
  activationGradient,
  softmaxInPlace,
  maxPool,
  linalg: { eigh, symmetricEigenvalues, svd, singularValues, qr, cholesky },
  dispose: () => Promise.resolve(),
};

function pairwiseEnergy(
  points: Matrix,
  kernel: PairKernel,
  gradient?: Matrix | null,
  work?: Work,
): MaybePromise<PairwiseEnergy> {
  requireEnergyArguments(points, kernel, gradient);
  const prepared = preparedFor(points, kernel);
  const rowSums = new Float64Array(points.rows);
  const force = gradient ? new Float64Array(points.data.length) : null;
  const task = (i: number): void => addRowPairs(points, prepared, i, rowSums, force);
  return after(inTurns('pairwise-energy', points.rows, task, work), () => {
    if (gradient && force) writeTangent(points, force, gradient);
    let twice = 0;
    for (const rowSum of rowSums) twice += rowSum;
    return { sum: twice / 2, rowSums };
  });
}

function matmul(
  a: Matrix,
  b: Matrix,
  options: boolean | ProductOptions = false,
  work?: Work,
): MaybePromise<Matrix> {
  const product = productOf(a, b, options);
  const left = product.patches ? patchMatrix(a, product.patches) : a;
  const task = (i: number): void => productRow(left, b, product, i);
  return after(inTurns('matmul', product.n, task, work), () => product.out);
}

function gram(points: Matrix, work?: Work): MaybePromise<Matrix<Float64Array>> {
  const out = zeros64(points.cols, points.cols);
  const task = (a: number): void => gramRow(points, a, out);
  return after(inTurns('gram', points.cols, task, work), () => out);
}

function sortRows(values: Matrix, work?: Work): MaybePromise<Int32Array> {
  const { rows: s, cols: n } = values;
  const order = new Int32Array(s * n);
  const task = (i: number): void => sortRow(values, i, order.subarray(i * n, (i + 1) * n));
  return after(inTurns('sort-rows', s, task, work), () => order);
}

function circleCounts(projections: Matrix, arcs: number, work?: Work): MaybePromise<Float64Array> {
  requireArcs(projections, arcs);
  const width = arcs + 1;
  const counts = new Float64Array((projections.cols / 2) * width);
  const task = (l: number): void =>
    countCircle(projections, l, counts.subarray(l * width, (l + 1) * width));
  const done = inTurns('circle-counts', projections.cols / 2, task, work);
  return after(done, () => anglesFromUnits(counts, arcs));
}

function circleForcesInPlace(
  projections: Matrix,
  forces: ArcForces,
  work?: Work,
): MaybePromise<number> {
  requireArcForces(projections, forces);
  let sum = 0;
  const task = (t: number): void => {
    sum += forceBlock(projections, t, forces);
  };
  const blocks = Math.ceil(projections.rows / BLOCK_ROWS);
  return after(inTurns('circle-forces', blocks, task, work), () => sum);
}

function circleSpacingInPlace(
  projections: Matrix,
  inverseCap: number,
  work?: Work,
): MaybePromise<number> {
  requirePlanes(projections);
  const sums = new Float64Array(projections.cols / 2);
  const task = (l: number): void => {
    sums[l] = spaceCircle(projections, l, inverseCap);
  };
  const done = inTurns('circle-spacing', sums.length, task, work);
  return after(done, () => spacingLoss(sums, projections.rows));
}

function sphereStepInPlace(points: Matrix, tangents: Matrix, work?: Work): MaybePromise<void> {
  requireTangents(points, tangents);
  const { data, rows: n, cols: d } = points;
  const task = (t: number): void => {
    const end = Math.min(n, (t + 1) * STEP_ROWS);
    for (let i = t * STEP_ROWS; i < end; i++) stepRow(data, tangents.data, i * d, d);
  };
  return inTurns('sphere-step', Math.ceil(n / STEP_ROWS), task, work);
}

function sphereMomentumInPlace(
  points: Matrix,
  gradient: Matrix,
  momentum: Matrix,
  keep: Float64Array,
  weight: number,
  work?: Work,
): MaybePromise<Float64Array> {
  requireMomentum(points, gradient, momentum, keep);
  const { rows: n, cols: d } = points;
  const [x, g, m] = [points.data, gradient.data, momentum.data];
  const sums = new Float64Array(SUMS * n);
  const task = (i: number): void => pushRow(x, g, m, i * d, d, keep[i], weight, sums, SUMS * i);
  return after(inTurns('sphere-momentum', n, task, work), () => sums);
}

function sphereFlowInPlace(
  points: Matrix,
  velocities: Matrix,
  times: Float64Array,
  sums?: Float64Array,
  work?: Work,
): MaybePromise<boolean> {
  requireFlow(points, velocities, times, sums);
  const { data: x, rows: n, cols: d } = points;
  const v = velocities.data;
  let changed = false;
  const task = (i: number): void => {
    changed = flowRow(x, v, i * d, d, times[i], sums, SUMS * i + 1) || changed;
  };
  return after(inTurns('sphere-flow', n, task, work), () => changed);
}

function activate(f: Activation, x: Matrix, out: Matrix, work?: Work): MaybePromise<void> {
  activationIndex(f, x, { out });
  return inParts(x.data.length, work, (start, end) =>
    activation.activate(f, x.data, out.data, start, end),
  );
}

function activationGradient(
  f: Activation,
  x: Matrix,
  gradient: Matrix,
  out: Matrix,
  work?: Work,
): MaybePromise<void> {
  activationIndex(f, x, { gradient, out });
  return inParts(x.data.length, work, (start, end) =>
    activation.activationGradient(f, x.data, gradient.data, out.data, start, end),
  );
}

function inParts(
  count: number,
  work: Work | undefined,
  part: (start: number, end: number) => void,
): MaybePromise<void> {
  const task = (t: number) => part(t * ACTIVATED, Math.min(count, (t + 1) * ACTIVATED));
  return inTurns('activation', Math.ceil(count / ACTIVATED), task, work);
}

function softmaxInPlace(
  { data, rows: n, cols: c }: Matrix,
  work?: Work,
): MaybePromise<Float64Array> {
  const sums = new Float64Array(n);
  const task = (i: number): void => {
    sums[i] = softmaxRow(data, i * c, c);
  };
  return after(inTurns('softmax', n, task, work), () => sums);
}

function maxPool(
  images: Matrix,
  windows: Patches,
  out: Matrix,
  places: Int32Array,
  work?: Work,
): MaybePromise<void> {
  const count = requirePool(images, windows, out, places);
  const pool = { images, windows, out, places };
  return inTurns('max-pool', count, (window) => poolWindow(pool, window), work);
}

/** Large matrices take turns with the event loop. */
function symmetricEigenvalues(a: Matrix, work?: Work): MaybePromise<Float64Array> {
  const { step, result } = eigenvalueSteps(a);
  return after(inTurns('eigenvalues', a.rows, step, work), result);
}
