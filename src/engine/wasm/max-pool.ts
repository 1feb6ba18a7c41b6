import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { type Patches, patchNumbers } from '../kernels/matmul/patches.ts';
import { requirePool } from '../kernels/max-pool/contract.ts';
import type { KernelPool } from './pool.ts';

/** WINDOWS of kernels/max-pool/wasm.as.ts. */
const WINDOWS = 512;

export function maxPool(
  pool: KernelPool,
  images: Matrix,
  windows: Patches,
  out: Matrix,
  places: Int32Array,
  work?: Work,
): MaybePromise<void> {
  const where = 'max-pool';
  const count = requirePool(images, windows, out, places);
  const values = requireFloat32('wasm', where, images);
  const target = requireFloat32('wasm', where, out);
  const { memory } = pool;
  memory.reset(values.byteLength + 2 * target.byteLength);
  const address = memory.take(64);
  const imagesAt = memory.put(values);
  const outAt = memory.take(target.byteLength);
  const placesAt = memory.take(target.byteLength);
  const numbers = [imagesAt, outAt, placesAt, count, ...patchNumbers(windows)];
  memory.integers(address, numbers.length).set(numbers);
  const job = {
    kernel: 'max_pool',
    tasks: Math.ceil(count / WINDOWS),
    address,
    scratchBytes: 0,
    operations: 4 * target.length * windows.kernelHeight * windows.kernelWidth,
  } as const;
  return after(pool.run(where, job, work), () => {
    target.set(memory.floats(outAt, target.length));
    places.set(memory.integers(placesAt, target.length));
  });
}
