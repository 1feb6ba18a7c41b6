import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { type Activation, activationIndex } from '../kernels/activation/contract.ts';
import { type Patches, patchNumbers } from '../kernels/matmul/patches.ts';
import { requirePool } from '../kernels/max-pool/contract.ts';
import { logSums } from '../kernels/softmax/contract.ts';
import type { NativePool } from './pool.ts';

// What learning asks of the engine besides products.

const valuesOf = (where: string, m: Matrix): Float32Array => requireFloat32('native', where, m);

export function activate(
  pool: NativePool,
  f: Activation,
  x: Matrix,
  out: Matrix,
  work?: Work,
): MaybePromise<void> {
  const index = activationIndex(f, x, { out });
  return run(pool, 'activation', index, [x, out], work);
}

export function activationGradient(
  pool: NativePool,
  f: Activation,
  x: Matrix,
  gradient: Matrix,
  out: Matrix,
  work?: Work,
): MaybePromise<void> {
  const index = activationIndex(f, x, { gradient, out });
  return run(pool, 'activation_gradient', index, [x, gradient, out], work);
}

function run(
  pool: NativePool,
  kernel: string,
  f: number,
  matrices: readonly Matrix[],
  work: Work | undefined,
): MaybePromise<void> {
  const arrays = matrices.map((m) => valuesOf('activation', m));
  const [{ length }] = arrays;
  const job = { kernel, numbers: [f, length], arrays, operations: (f === 0 ? 2 : 40) * length };
  return pool.run('activation', job, work);
}

export function softmaxInPlace(
  pool: NativePool,
  rows: Matrix,
  work?: Work,
): MaybePromise<Float64Array> {
  const { rows: n, cols: c } = rows;
  const found = new Float64Array(2 * n);
  const job = {
    kernel: 'softmax',
    numbers: [n, c],
    arrays: [valuesOf('softmax', rows), found],
    operations: 30 * n * c,
  };
  return after(pool.run('softmax', job, work), () => logSums(found));
}

export function maxPool(
  pool: NativePool,
  images: Matrix,
  windows: Patches,
  out: Matrix,
  places: Int32Array,
  work?: Work,
): MaybePromise<void> {
  const count = requirePool(images, windows, out, places);
  const job = {
    kernel: 'max_pool',
    numbers: [count, ...patchNumbers(windows)],
    arrays: [valuesOf('max-pool', images), valuesOf('max-pool', out), places],
    operations: 4 * places.length * windows.kernelHeight * windows.kernelWidth,
  };
  return pool.run('max-pool', job, work);
}
