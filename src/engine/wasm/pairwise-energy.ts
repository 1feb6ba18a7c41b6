import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  coincidenceAngle,
  type PairKernel,
  type PairwiseEnergy,
  requireEnergyArguments,
} from '../../kernels/pairwise-energy/contract.ts';
import { prepareKernel } from '../../kernels/pairwise-energy/reference.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { after } from '../in-turns.ts';
import { requireFloat32 } from './float32.ts';
import type { KernelPool } from './pool.ts';

const WHERE = 'pairwise-energy';

/** CHUNK × STRIDE bytes of weights and one row of column sums: see kernels/shared.as.ts. */
const SCRATCH_BYTES = 48 * 960 + 960;
const TILE_ROWS = 6;

/** Nearer pairs are computed from differences: r = √(2 − 2c) in float32 has lost too many digits. */
const NEAR_COSINE = 1 - 2 ** -8;
/** Gaussian values and weights are smooth in c, so there only directions lose digits. */
const NEAR_COSINE_GAUSSIAN = 1 - 2 ** -15;
/** No cosine is smaller: chordal kernels are smooth at antipodes. */
const NEVER = -2;

/** Rows per block, whole chunks of 48: few enough that threads find work, whatever their number. */
function blockRows(n: number): number {
  return n < 1440 ? 96 : 192;
}

const SHAPES = ['gaussian', 'laplace', 'riesz'];
const LOGARITHM = 3;
const GEODESIC = 4;

function kindOf({ shape, distance, scale }: PairKernel): number {
  const kind = shape === 'riesz' && scale === 0 ? LOGARITHM : SHAPES.indexOf(shape);
  return distance === 'geodesic' ? kind + GEODESIC : kind;
}

function factorOf({ shape, scale }: PairKernel): number {
  if (shape === 'gaussian') return 2 * scale;
  if (shape === 'laplace') return scale;
  return scale === 0 ? 1 : Math.abs(scale);
}

export function pairwiseEnergy(
  pool: KernelPool,
  points: Matrix,
  kernel: PairKernel,
  gradient?: Matrix | null,
  work?: Work,
): MaybePromise<PairwiseEnergy> {
  const { rows: n, cols: d } = points;
  const values = requireFloat32(WHERE, points);
  requireEnergyArguments(points, kernel, gradient);
  const target = gradient ? requireFloat32(WHERE, gradient) : null;
  if (n === 0) return { sum: 0, rowSums: new Float64Array(0) };

  const { memory } = pool;
  const block = blockRows(n);
  const blocks = Math.ceil(n / block);
  const width = Math.ceil(d / 8) * 8;
  memory.reset(4 * (n + 16) * (2 * d + (target ? 2 * width : 0)) + 12 * n);
  const address = memory.take(128);
  const versions = memory.take(4 * blocks);
  const rowSums = memory.take(8 * n);
  const x = memory.put(values, 4 * d * TILE_ROWS);
  const columns = memory.take(4 * d * (n + 8));
  const rows = target ? memory.take(4 * width * n) : 0;
  const force = target ? memory.take(4 * width * (n + TILE_ROWS)) : 0;

  const integers = memory.integers(address, 14);
  integers.set([x, columns, rows, force, rowSums, versions, n, d, width, block, blocks]);
  integers.set([kindOf(kernel), target ? 1 : 0, 0], 11);
  const { scale, theta0, q0, value0, force0 } = prepareKernel(kernel, coincidenceAngle(points));
  const near = kernel.shape === 'gaussian' ? NEAR_COSINE_GAUSSIAN : NEAR_COSINE;
  const far = kernel.distance === 'geodesic' ? -NEAR_COSINE : NEVER;
  const doubles = [scale, factorOf(kernel), theta0, q0, value0, force0, near, far];
  memory.doubles(address + 56, 8).set(doubles);
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

function overflow({ shape, distance, scale }: PairKernel): InputError {
  return new InputError(
    WHERE,
    `the ${distance} ${shape} energy with scale ${scale} of these points does not fit float32; part nearly coincident rows, take a smaller scale, or take float64 points (the reference engine).`,
  );
}
