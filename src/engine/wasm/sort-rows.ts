import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import type { KernelPool } from './pool.ts';

/** Three counters of 2048 buckets; keys, keys and places while they move. */
const COUNTER_BYTES = 3 * 2048 * 4;
const BYTES_PER_VALUE = 12;

export function sortRows(pool: KernelPool, values: Matrix, work?: Work): MaybePromise<Int32Array> {
  const { rows: s, cols: n } = values;
  const data = requireFloat32('wasm', 'sort-rows', values);
  const { memory } = pool;
  memory.reset(2 * data.byteLength);
  const address = memory.take(64);
  const from = memory.put(data);
  const order = memory.take(4 * s * n);
  memory.integers(address, 3).set([from, order, n]);

  const job = {
    kernel: 'sort_rows',
    tasks: s,
    address,
    scratchBytes: COUNTER_BYTES + BYTES_PER_VALUE * n,
    operations: 60 * s * (n + 2048),
  } as const;
  return after(pool.run('sort-rows', job, work), () => memory.integers(order, s * n).slice());
}
