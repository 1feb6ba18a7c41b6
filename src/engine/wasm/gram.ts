import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { GRAM_ROWS } from '../kernels/gram/contract.ts';
import type { KernelPool } from './pool.ts';

/** Columns that meet at a time: as many as keep near, fewer where threads would find no work. */
function stripOf(d: number, threads: number): number {
  const shared = threads === 1 ? d : d / 4;
  return Math.min(64, Math.max(8, 8 * Math.ceil(shared / 8)));
}

export function gram(
  pool: KernelPool,
  points: Matrix,
  work?: Work,
): MaybePromise<Matrix<Float64Array>> {
  const { rows: n, cols: d } = points;
  const values = requireFloat32('wasm', 'gram', points);
  const { memory } = pool;
  memory.reset(values.byteLength + 8 * d * d);
  const address = memory.take(64);
  const x = memory.put(values);
  const out = memory.take(8 * d * d);
  const strip = stripOf(d, pool.threads);
  const strips = Math.ceil(d / strip);
  memory.integers(address, 5).set([x, out, n, d, strip]);

  const job = {
    kernel: 'gram',
    tasks: (strips * (strips + 1)) / 2,
    address,
    scratchBytes: 8 * (2 * GRAM_ROWS * strip + strip * strip),
    operations: 2 * n * d * d,
  } as const;
  return after(pool.run('gram', job, work), () => ({
    data: memory.doubles(out, d * d).slice(),
    rows: d,
    cols: d,
  }));
}
