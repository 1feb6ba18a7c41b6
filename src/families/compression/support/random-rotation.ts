import { type Matrix, toFloat32, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { hadamardInPlace } from '../../../numerics/fourier/hadamard.ts';
import type { CodeContext, FitContext } from '../types.ts';
import { randomAxes } from './kept-axes.ts';

/**
 * A random orthogonal map of d numbers. `dense`, d × d, is one drawn uniformly; `signs`, 3 × d of ±1, is one of O(d log d):
 * three times signs and the Hadamard transform of the first and of the last 2^⌊log₂ d⌋ numbers, so that d stays d.
 */
export type Rotation = Readonly<Record<string, Matrix>>;

const ROUNDS = 3;

export async function randomRotation(
  kind: 'hadamard' | 'dense',
  d: number,
  { engine, random }: Pick<FitContext, 'engine' | 'random'>,
): Promise<Rotation> {
  const stream = random.fork('rotation');
  if (kind === 'dense') return { dense: await randomAxes(d, d, engine, stream) };
  return { signs: randomSigns(d, stream) };
}

function randomSigns(d: number, random: Random): Matrix<Float32Array> {
  const signs = zeros(ROUNDS, d);
  for (let e = 0; e < signs.data.length; e++) signs.data[e] = random.uint32() & 1 ? 1 : -1;
  return signs;
}

/** R x of each row. */
export async function rotated(
  { signs, dense }: Rotation,
  rows: Matrix,
  { engine, work: { signal } }: CodeContext,
): Promise<Matrix<Float32Array>> {
  if (signs) return eachRow(rows, (x) => turn(x, signs));
  return toFloat32(await engine.matmul(rows, toFloat32(dense), true, { signal }));
}

/** Rᵀ y of each row. */
export async function rotatedBack(
  { signs, dense }: Rotation,
  rows: Matrix,
  { engine, work: { signal } }: CodeContext,
): Promise<Matrix<Float32Array>> {
  if (signs) return eachRow(rows, (x) => turnBack(x, signs));
  return toFloat32(await engine.matmul(rows, toFloat32(dense), {}, { signal }));
}

function eachRow(rows: Matrix, change: (x: Float64Array) => void): Matrix<Float32Array> {
  const { data, rows: n, cols: d } = rows;
  const out = zeros(n, d);
  const x = new Float64Array(d);
  for (let e = 0; e < n * d; e += d) {
    x.set(data.subarray(e, e + d));
    change(x);
    out.data.set(x, e);
  }
  return out;
}

function turn(x: Float64Array, { data: signs, rows: rounds, cols: d }: Matrix): void {
  const length = 2 ** Math.floor(Math.log2(d));
  for (let round = 0; round < rounds; round++) {
    for (let c = 0; c < d; c++) x[c] *= signs[round * d + c];
    hadamardInPlace(x, 0, length);
    if (length < d) hadamardInPlace(x, d - length, length);
  }
}

function turnBack(x: Float64Array, { data: signs, rows: rounds, cols: d }: Matrix): void {
  const length = 2 ** Math.floor(Math.log2(d));
  for (let round = rounds - 1; round >= 0; round--) {
    if (length < d) hadamardInPlace(x, d - length, length);
    hadamardInPlace(x, 0, length);
    for (let c = 0; c < d; c++) x[c] *= signs[round * d + c];
  }
}
