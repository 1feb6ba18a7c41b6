import type { Matrix } from '../../core/matrix.ts';
import { bidiagonalIteration } from '../../numerics/decompositions/bidiagonal-qr.ts';
import { largestElement, largestFirst, powerOfTwo } from '../../numerics/decompositions/checks.ts';
import {
  assembled,
  svd as plainSvd,
  singularValues as plainValues,
  type Svd,
} from '../../numerics/decompositions/svd.ts';
import type { Work } from '../engine.ts';
import { putColumns, putRows, takeRows } from './copies.ts';
import { updateTrailing } from './eigh.ts';
import { triangularized } from './qr.ts';
import { applyAll, formBasis, type StoredReflections } from './reflections.ts';
import { RotationRecord } from './rotations.ts';
import { BLOCK, padded, Stages, type Stored } from './stages.ts';
import type { Host } from './types.ts';

/** Below so many elements the plain functions are as fast. */
const SMALL = 1000;

export async function svd(host: Host, a: Matrix, work?: Work): Promise<Svd> {
  if (a.data.length < SMALL) return plainSvd(a);
  const stages = new Stages(host, 'svd', work);
  const { n, d, reflections, bidiagonal, scale } = await reduced('svd', stages, a);
  stages.report(0.5);
  const { diagonal, offDiagonal } = bidiagonal;
  const left = new RotationRecord(d);
  const right = new RotationRecord(d);
  await stages.each(d, bidiagonalIteration(diagonal, offDiagonal, left.take, right.take));
  const order = largestFirst(diagonal.map(Math.abs));
  const reversed = order.map((i) => d - 1 - i);
  stages.report(0.6);
  const ofRows = stages.zeros(d, d);
  await formBasis(stages, bidiagonal.right, ofRows, d);
  await right.apply(stages, ofRows, reversed, ofRows, true);
  stages.report(0.7);
  const inner = stages.zeros(d, d);
  await formBasis(stages, bidiagonal.left, inner, d);
  const ofColumns = reflections ? stages.zeros(d, n) : inner;
  await left.apply(stages, inner, reversed, ofColumns, true);
  stages.report(0.8);
  if (reflections) await applyAll(stages, reflections, ofColumns, d);
  stages.report(1);
  const values = Float64Array.from(order, (i) => diagonal[i]);
  return assembled(
    takeRows(stages, ofColumns, d, n),
    values,
    takeRows(stages, ofRows, d, d),
    a.rows >= a.cols,
    scale,
  );
}

export async function singularValues(host: Host, a: Matrix, work?: Work): Promise<Float64Array> {
  if (a.data.length < SMALL) return plainValues(a);
  const stages = new Stages(host, 'singularValues', work);
  const { bidiagonal, scale } = await reduced('singularValues', stages, a);
  const { diagonal, offDiagonal } = bidiagonal;
  await stages.each(diagonal.length, bidiagonalIteration(diagonal, offDiagonal));
  stages.report(1);
  return diagonal
    .map(Math.abs)
    .sort()
    .reverse()
    .map((value) => value * scale);
}

interface Reduced {
  /** The longer and the shorter side. */
  readonly n: number;
  readonly d: number;
  /** Of the longer side, unless both are equal. */
  readonly reflections: StoredReflections | undefined;
  readonly bidiagonal: Bidiagonal;
  readonly scale: number;
}

/** QR of A (of Aᵀ if A is wide), and R in bidiagonal form; of a square matrix its bidiagonal form. */
async function reduced(where: string, stages: Stages, a: Matrix): Promise<Reduced> {
  const scale = powerOfTwo(largestElement(where, a));
  const tall = a.rows >= a.cols;
  const [n, d] = tall ? [a.rows, a.cols] : [a.cols, a.rows];
  const [longer, shorter] = [padded(n), padded(d)];
  stages.memory.reset(8 * shorter * ((n > d ? 3 * longer : 0) + 9 * shorter));
  if (n === d) {
    const r = stages.zeros(d, d);
    putRows(stages, a, scale, r);
    return { n, d, reflections: undefined, bidiagonal: await bidiagonalized(stages, r, d), scale };
  }
  const columns = stages.zeros(d, n);
  if (tall) putColumns(stages, a, scale, columns);
  else putRows(stages, a, scale, columns);
  const { reflections, diagonal } = await triangularized(stages, columns, n, d);
  const r = stages.zeros(d, d);
  for (let j = 0; j < d; j++) {
    const column = stages.row(columns, j, j);
    for (let i = 0; i < j; i++) stages.row(r, i, d)[j] = column[i];
    stages.row(r, j, d)[j] = diagonal[j];
  }
  return { n, d, reflections, bidiagonal: await bidiagonalized(stages, r, d), scale };
}

interface Bidiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  readonly left: StoredReflections;
  readonly right: StoredReflections;
}

async function bidiagonalized(stages: Stages, a: Stored, d: number): Promise<Bidiagonal> {
  const { memory } = stages;
  const { size, stride } = a;
  const u = stages.zeros(d, d);
  const v = stages.zeros(d, d);
  const x = memory.take(BLOCK * stride);
  const y = memory.take(BLOCK * stride);
  const results = memory.take(4 * stride);
  memory.bytes(results, 4 * stride).fill(0);
  const left = memory.take(2 * BLOCK * stride);
  const right = memory.take(2 * BLOCK * stride);
  const addresses = [a.address, u.address, v.address, x, y, stride, results, left, right];
  const panel = stages.describe([...addresses, d, 0]);
  const update = stages.describe([0, stride, 0, 0, 2 * BLOCK, 0, size, 0]);
  for (let first = 0; first < d; first += BLOCK) {
    memory.integers(panel, 11)[10] = first;
    await stages.run('bidiagonal_panel', 1, panel, 64 + stride);
    await updateTrailing(stages, update, a, first + BLOCK, left, right, d);
  }
  return {
    diagonal: memory.doubles(results, d).slice(),
    offDiagonal: memory.doubles(results + stride, d).slice(),
    left: { vectors: u, tau: results + 2 * stride, count: d, offset: 0 },
    right: { vectors: v, tau: results + 3 * stride, count: d - 1, offset: 1 },
  };
}
