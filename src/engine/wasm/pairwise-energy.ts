import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import {
  type PairKernel,
  type PairwiseEnergy,
  requireEnergyArguments,
} from '../kernels/pairwise-energy/contract.ts';
import { kernelNumbers, kindOf, overflow } from '../kernels/pairwise-energy/float32.ts';
import type { KernelPool } from './pool.ts';

const WHERE = 'pairwise-energy';

/** CHUNK × STRIDE bytes of weights and one row of column sums: see kernels/tiles.as.ts. */
const SCRATCH_BYTES = 48 * 960 + 960;
/** TILE_ROWS of kernels/tiles.as.ts. */
const TILE_ROWS = 4;

/** Rows per block, whole chunks of 48: few enough that threads find work, whatever their number. */
function blockRows(n: number): number {
  return n < 1440 ? 96 : 192;
}

export function pairwiseEnergy(
  pool: KernelPool,
  points: Matrix,
  kernel: PairKernel,
  gradient?: Matrix | null,
  work?: Work,
): MaybePromise<PairwiseEnergy> {
  const { rows: n, cols: d } = points;
  const values = requireFloat32('wasm', WHERE, points);
  requireEnergyArguments(points, kernel, gradient);
  const target = gradient ? requireFloat32('wasm', WHERE, gradient) : null;
  if (n === 0) return { sum: 0, rowSums: new Float64Array(0) };

  const { memory } = pool;
  const block = blockRows(n);
  const blocks = Math.ceil(n / block);
  const width = Math.ceil(d / 8) * 8;
  memory.reset(4 * (n + 16) * (2 * d + (target ? 2 * width : 0)) + 12 * n);
  const address = memory.take(128);
  const versions = memory.take(4 * blocks);
  const rowSums = memory.take(8 * n);
  const x = memory.put(values);
  const columns = memory.take(4 * d * (n + 8));
  const rows = target ? memory.take(4 * width * n) : 0;
  const force = target ? memory.take(4 * width * (n + TILE_ROWS)) : 0;

  const integers = memory.integers(address, 14);
  integers.set([x, columns, rows, force, rowSums, versions, n, d, width, block, blocks]);
  integers.set([kindOf(kernel), target ? 1 : 0, 0], 11);
  memory.doubles(address + 56, 8).set(kernelNumbers(points, kernel));
  memory.integers(versions, blocks).fill(0);

  const even = blocks + (blocks % 2);
  const job = {
    kernel: 'pairwise_energy',
    tasks: blocks + ((even - 1) * even) / 2 + (target ? blocks : 0),
    address,
    scratchBytes: SCRATCH_BYTES,
    operations: n * n * (width + 20),
  } as const;
  return after(pool.run(WHERE, job, work), () => {
    const sums = memory.doubles(rowSums, n).slice();
    let twice = 0;
    for (const sum of sums) twice += sum;
    if (!Number.isFinite(twice) || memory.integers(address, 14)[13] !== 0) throw overflow(kernel);
    target?.set(memory.floats(x, n * d));
    return { sum: twice / 2, rowSums: sums };
  });
}
