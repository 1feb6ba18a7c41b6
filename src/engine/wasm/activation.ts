import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { type Activation, activationIndex } from '../kernels/activation/contract.ts';
import type { KernelPool } from './pool.ts';

/** COUNT of kernels/activation/wasm.as.ts. */
const COUNT = 16384;

export function activate(
  pool: KernelPool,
  f: Activation,
  x: Matrix,
  out: Matrix,
  work?: Work,
): MaybePromise<void> {
  return run(pool, activationIndex(f, x, { out }), x, undefined, out, work);
}

export function activationGradient(
  pool: KernelPool,
  f: Activation,
  x: Matrix,
  gradient: Matrix,
  out: Matrix,
  work?: Work,
): MaybePromise<void> {
  return run(pool, activationIndex(f, x, { gradient, out }), x, gradient, out, work);
}

function run(
  pool: KernelPool,
  f: number,
  x: Matrix,
  gradient: Matrix | undefined,
  out: Matrix,
  work: Work | undefined,
): MaybePromise<void> {
  const where = 'activation';
  const values = requireFloat32('wasm', where, x);
  const target = requireFloat32('wasm', where, out);
  const { memory } = pool;
  memory.reset(3 * values.byteLength);
  const address = memory.take(64);
  const xAt = memory.put(values, 16);
  const gradientAt = gradient ? memory.put(requireFloat32('wasm', where, gradient), 16) : 0;
  memory.integers(address, 5).set([xAt, gradientAt, xAt, values.length, f]);
  const job = {
    kernel: 'activation',
    tasks: Math.ceil(values.length / COUNT),
    address,
    scratchBytes: 0,
    operations: (f === 0 ? 2 : 40) * values.length,
  } as const;
  return after(pool.run(where, job, work), () => {
    target.set(memory.floats(xAt, values.length));
  });
}
