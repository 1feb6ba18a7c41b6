import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32, requireFloats32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { type ProductOptions, productOf } from '../kernels/matmul/contract.ts';
import { patchNumbers } from '../kernels/matmul/patches.ts';
import type { KernelPool } from './pool.ts';

/** CHUNK of kernels/tiles.as.ts; PACK, DEPTH and TILE_BYTES of kernels/matmul/wasm.as.ts. */
const CHUNK = 48;
const PACK = 64;
const DEPTH = 256;
const TILE_BYTES = 128;

export function matmul(
  pool: KernelPool,
  a: Matrix,
  b: Matrix,
  options: boolean | ProductOptions = false,
  work?: Work,
): MaybePromise<Matrix> {
  const [left, right] = [requireFloat32('wasm', 'matmul', a), requireFloat32('wasm', 'matmul', b)];
  const { n, k, m, transposeA, transposeB, patches, bias, out } = productOf(a, b, options);
  const { memory } = pool;
  memory.reset(4 * (left.length + 2 * right.length + n * m + 16 * k));
  const address = memory.take(128);
  const packed = memory.take(4);
  const aAt = memory.put(left);
  const bAt = memory.put(right);
  const panels = memory.take(4 * k * (m + 8));
  const product = memory.take(4 * n * m);
  const biasAt = bias ? memory.put(requireFloats32('wasm', 'matmul', bias)) : 0;
  memory.integers(packed, 1).fill(0);
  const integers = memory.integers(address, 21);
  integers.set([aAt, bAt, panels, product, packed, n, k, m]);
  integers.set([transposeA ? 1 : 0, transposeB ? 1 : 0, biasAt, ...patchNumbers(patches)], 8);

  const job = {
    kernel: 'matmul',
    tasks: Math.ceil(m / PACK) + Math.ceil(n / CHUNK),
    address,
    scratchBytes: TILE_BYTES + (patches ? 8 : 4) * CHUNK * DEPTH,
    operations: 2 * n * k * m,
  } as const;
  return after(pool.run('matmul', job, work), () => {
    out.data.set(memory.floats(product, n * m));
    return out;
  });
}
