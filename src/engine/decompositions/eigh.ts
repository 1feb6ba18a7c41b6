import type { Matrix } from '../../core/matrix.ts';
import { largestFirst, requireSquare } from '../../numerics/decompositions/checks.ts';
import {
  type Eigh,
  eigh as plainEigh,
  symmetricEigenvalues as plainValues,
} from '../../numerics/decompositions/eigh.ts';
import { qlIteration } from '../../numerics/decompositions/implicit-ql.ts';
import type { Work } from '../engine.ts';
import { takeRows } from './copies.ts';
import { formBasis } from './reflections.ts';
import { RotationRecord } from './rotations.ts';
import { BLOCK, padded, Stages, type Stored } from './stages.ts';
import type { Host } from './types.ts';

/** Below this the plain functions are as fast. */
const SMALL = 32;

export async function eigh(host: Host, a: Matrix, work?: Work): Promise<Eigh> {
  if (a.rows < SMALL) return plainEigh(a);
  const stages = new Stages(host, 'eigh', work);
  const { n, scale } = requireSquare('eigh', a);
  stages.memory.reset(8 * padded(n) ** 2 * 6);
  const { diagonal, offDiagonal, vectors, tau } = await tridiagonalized(stages, a, scale);
  stages.report(0.4);
  const record = new RotationRecord(n);
  const shifts = diagonal.slice();
  await stages.each(n, qlIteration(shifts, offDiagonal.slice()));
  await stages.each(n, qlIteration(diagonal, offDiagonal, record.take, shifts));
  const order = largestFirst(diagonal);
  stages.report(0.5);
  const rows = stages.zeros(n, n);
  await formBasis(stages, { vectors, tau, count: n - 1, offset: 1 }, rows, n);
  stages.report(0.7);
  await record.apply(stages, rows, order, rows, false);
  stages.report(1);
  return {
    values: Float64Array.from(order, (i) => diagonal[i] * scale),
    vectors: takeRows(stages, rows, n, n),
  };
}

export async function symmetricEigenvalues(
  host: Host,
  a: Matrix,
  work?: Work,
): Promise<Float64Array> {
  if (a.rows < SMALL) return plainValues(a);
  const stages = new Stages(host, 'eigenvalues', work);
  const { n, scale } = requireSquare('eigh', a);
  stages.memory.reset(8 * padded(n) ** 2 * 3);
  const { diagonal, offDiagonal } = await tridiagonalized(stages, a, scale);
  await stages.each(n, qlIteration(diagonal, offDiagonal));
  stages.report(1);
  return diagonal
    .sort()
    .reverse()
    .map((value) => value * scale);
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  readonly vectors: Stored;
  readonly tau: number;
}

async function tridiagonalized(stages: Stages, a: Matrix, scale: number): Promise<Tridiagonal> {
  const { memory } = stages;
  const n = a.rows;
  const work = stages.zeros(n, n);
  for (let i = 0; i < n; i++) {
    const row = stages.row(work, i, n);
    for (let j = i; j < n; j++) row[j] = a.data[i * n + j] / scale;
  }
  const vectors = stages.zeros(n, n);
  const { size, stride } = work;
  const w = memory.take(BLOCK * stride);
  const results = memory.take(3 * stride);
  memory.bytes(results, 3 * stride).fill(0);
  const left = memory.take(2 * BLOCK * stride);
  const right = memory.take(2 * BLOCK * stride);
  const addresses = [work.address, vectors.address, w, stride, results, left, right];
  const panel = stages.describe([...addresses, n, 0]);
  const update = stages.describe([0, stride, 0, 0, 2 * BLOCK, 0, size, 1]);
  for (let first = 0; first < n; first += BLOCK) {
    memory.integers(panel, 9)[8] = first;
    await stages.run('tridiagonal_panel', 1, panel, 64);
    await updateTrailing(stages, update, work, first + BLOCK, left, right, n);
    stages.report((0.4 * first) / n);
  }
  const diagonal = memory.doubles(results, n).slice();
  const offDiagonal = memory.doubles(results + stride, n).slice();
  return { diagonal, offDiagonal, vectors, tau: results + 2 * stride };
}

/** Rows and columns from `from` on of `target` by the factors; `update` is the job's description. */
export async function updateTrailing(
  stages: Stages,
  update: number,
  target: Stored,
  from: number,
  left: number,
  right: number,
  n: number,
): Promise<void> {
  if (from >= n) return;
  const { memory } = stages;
  const description = memory.integers(update, 8);
  const depth = description[4];
  description[0] = target.address + from * target.stride;
  description[2] = left + 8 * depth * from;
  description[3] = right;
  description[5] = from;
  const tasks = Math.ceil((n - from) / BLOCK);
  await stages.run('update_matrix', tasks, update, 0, depth * (n - from) ** 2);
}
