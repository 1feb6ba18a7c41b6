import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import type { KernelPool } from './pool.ts';

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
  const x = memory.put(values, 64);
  const out = memory.take(8 * d * d);
  memory.integers(address, 4).set([x, out, n, d]);

  const job = {
    kernel: 'gram',
    tasks: Math.ceil(d / 2),
    address,
    scratchBytes: 128 * Math.ceil(d / 8),
    operations: 2 * n * d * d,
  } as const;
  return after(pool.run('gram', job, work), () => ({
    data: memory.doubles(out, d * d).slice(),
    rows: d,
    cols: d,
  }));
}
