import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { productShape } from '../kernels/matmul/contract.ts';
import type { KernelPool } from './pool.ts';

/** CHUNK of kernels/tiles.as.ts; PACK of kernels/matmul/wasm.as.ts. */
const CHUNK = 48;
const PACK = 64;
const TILE_BYTES = 6 * 32;

export function matmul(
  pool: KernelPool,
  a: Matrix,
  b: Matrix,
  transposeB = false,
  work?: Work,
): MaybePromise<Matrix> {
  const { n, k, m } = productShape(a, b, transposeB);
  const [left, right] = [requireFloat32('wasm', 'matmul', a), requireFloat32('wasm', 'matmul', b)];
  const { memory } = pool;
  memory.reset(4 * (left.length + 2 * right.length + n * m + 16 * k));
  const address = memory.take(64);
  const packed = memory.take(4);
  const aAt = memory.put(left, 4 * k * 6);
  const bAt = memory.put(right);
  const panels = memory.take(4 * k * (m + 8));
  const out = memory.take(4 * n * m);
  memory.integers(packed, 1).fill(0);
  memory.integers(address, 9).set([aAt, bAt, panels, out, packed, n, k, m, transposeB ? 1 : 0]);

  const job = {
    kernel: 'matmul',
    tasks: Math.ceil(m / PACK) + Math.ceil(n / CHUNK),
    address,
    scratchBytes: TILE_BYTES,
    operations: 2 * n * k * m,
  } as const;
  return after(pool.run('matmul', job, work), () => ({
    data: memory.floats(out, n * m).slice(),
    rows: n,
    cols: m,
  }));
}
