import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { requirePlanes } from '../kernels/circle-spacing/contract.ts';
import { spacingLoss } from '../kernels/circle-spacing/reference.ts';
import type { KernelPool } from './pool.ts';

/** Three counters of 2048 buckets to sort with. */
const COUNTER_BYTES = 3 * 2048 * 4;
/** Angle, place and rank; keys, keys and places while they move. */
const BYTES_PER_VALUE = 24;

export function circleSpacingInPlace(
  pool: KernelPool,
  projections: Matrix,
  inverseCap: number,
  work?: Work,
): MaybePromise<number> {
  requirePlanes(projections);
  const { rows: n, cols } = projections;
  const values = requireFloat32('wasm', 'circle-spacing', projections);
  const circles = cols / 2;
  const { memory } = pool;
  memory.reset(2 * values.byteLength);
  const address = memory.take(64);
  const columns = memory.put(values);
  const sums = memory.take(8 * circles);
  memory.integers(address, 4).set([columns, sums, n, circles]);
  memory.doubles(address + 16, 1)[0] = inverseCap;

  const job = {
    kernel: 'circle_spacing',
    tasks: circles,
    address,
    scratchBytes: COUNTER_BYTES + BYTES_PER_VALUE * n,
    operations: circles * (120 * n + 2048),
  } as const;
  return after(pool.run('circle-spacing', job, work), () => {
    values.set(memory.floats(columns, n * cols));
    return spacingLoss(memory.doubles(sums, circles).slice(), n);
  });
}
