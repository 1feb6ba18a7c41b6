import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { logSums } from '../kernels/softmax/contract.ts';
import type { KernelPool } from './pool.ts';

/** COUNT of kernels/softmax/wasm.as.ts. */
const COUNT = 16384;

export function softmaxInPlace(
  pool: KernelPool,
  rows: Matrix,
  work?: Work,
): MaybePromise<Float64Array> {
  const values = requireFloat32('wasm', 'softmax', rows);
  const { rows: n, cols: c } = rows;
  const { memory } = pool;
  memory.reset(values.byteLength + 16 * n);
  const address = memory.take(64);
  const at = memory.put(values);
  const found = memory.take(16 * n);
  memory.integers(address, 4).set([at, found, n, c]);
  const job = {
    kernel: 'softmax',
    tasks: Math.ceil(n / Math.max(1, Math.floor(COUNT / Math.max(1, c)))),
    address,
    scratchBytes: 64,
    operations: 30 * n * c,
  } as const;
  return after(pool.run('softmax', job, work), () => {
    values.set(memory.floats(at, values.length));
    return logSums(memory.doubles(found, 2 * n));
  });
}
