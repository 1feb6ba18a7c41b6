import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { requireFlow, requireMomentum, SUMS } from '../kernels/sphere-momentum/contract.ts';
import { flowCoefficients } from '../kernels/sphere-momentum/reference.ts';
import type { KernelPool } from './pool.ts';

/** ROWS of kernels/sphere-momentum/wasm.as.ts. */
const ROWS = 256;

export function sphereMomentumInPlace(
  pool: KernelPool,
  points: Matrix,
  gradient: Matrix,
  momentum: Matrix,
  keep: Float64Array,
  weight: number,
  work?: Work,
): MaybePromise<Float64Array> {
  requireMomentum(points, gradient, momentum, keep);
  const { rows: n, cols: d } = points;
  const target = requireFloat32('wasm', 'sphere-momentum', momentum);
  const { memory } = pool;
  memory.reset();
  const address = memory.take(64);
  const x = memory.put(requireFloat32('wasm', 'sphere-momentum', points));
  const g = memory.put(requireFloat32('wasm', 'sphere-momentum', gradient));
  const m = memory.put(target);
  const keeps = memory.take(8 * n);
  const sums = memory.take(8 * SUMS * n);
  memory.doubles(keeps, n).set(keep);
  memory.integers(address, 7).set([x, g, m, keeps, sums, n, d]);
  memory.doubles(address + 32, 1)[0] = weight;
  const job = jobOf('sphere_momentum', address, n, 8 * n * d);
  return after(pool.run('sphere-momentum', job, work), () => {
    target.set(memory.floats(m, n * d));
    return memory.doubles(sums, SUMS * n).slice();
  });
}

export function sphereFlowInPlace(
  pool: KernelPool,
  points: Matrix,
  velocities: Matrix,
  times: Float64Array,
  sums?: Float64Array,
  work?: Work,
): MaybePromise<boolean> {
  requireFlow(points, velocities, times, sums);
  const { rows: n, cols: d } = points;
  const where = 'sphere-flow';
  const [x, v] = [points, velocities].map((m) => requireFloat32('wasm', where, m));
  const { memory } = pool;
  memory.reset();
  const address = memory.take(64);
  const ours = memory.put(x);
  const theirs = memory.put(v);
  const mix = memory.take(32 * n);
  memory.doubles(mix, 4 * n).set(flowCoefficients(x, v, d, times, sums));
  memory.integers(address, 5).set([ours, theirs, mix, n, d]);
  const job = jobOf('row_mix', address, n, 6 * n * d);
  return after(pool.run(where, job, work), () => {
    const moved = memory.floats(ours, n * d);
    const changed = moved.some((value, c) => value !== x[c]);
    x.set(moved);
    v.set(memory.floats(theirs, n * d));
    return changed;
  });
}

function jobOf<K extends 'sphere_momentum' | 'row_mix'>(
  kernel: K,
  address: number,
  n: number,
  operations: number,
) {
  return { kernel, tasks: Math.ceil(n / ROWS), address, scratchBytes: 0, operations } as const;
}
