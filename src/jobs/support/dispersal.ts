import { bindTerms } from '../../catalog/objective-expression.ts';
import { InputError, InternalError } from '../../core/errors.ts';
import { type Matrix, matrix, row } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type {
  AdditiveObjective,
  ObjectiveTerm,
  PartContext,
  Statistic,
} from '../../families/objectives/index.ts';
import type { PartSettings } from '../../families/optimizers/index.ts';
import type { Packed, PackedArray } from '../../io/packed.ts';
import { partingStream, partRow } from '../../numerics/rows/parted-row.ts';
import type { ShardRef, TaskContext } from '../operation.ts';
import { float64s, int32s } from '../output.ts';
import { unitRowsInPlace } from './unit-rows.ts';

/** What all tasks of a dispersion share. */
export interface Dispersal {
  readonly terms: readonly ObjectiveTerm[];
  readonly seed: number;
  readonly features: number;
  /** Rows of all shards. */
  readonly total: number;
  readonly optimizer: PartSettings;
  /** The name of the output whose `rows` are the exact copies of earlier rows, if there are some: the last input of each task. */
  readonly copies?: string | undefined;
}

/** A shard and where its rows lie among all. */
export interface DispersedShard {
  readonly shard: ShardRef;
  readonly firstRow: number;
}

/** Steps that are taken between two exchanges: the first one, and how many. */
export interface Steps {
  readonly step: number;
  readonly count: number;
}

/** The form of the terms, as the verb has checked. */
export function formOf({ terms }: Pick<Dispersal, 'terms'>): AdditiveObjective {
  const { additive, name } = bindTerms(terms);
  if (additive) return additive;
  throw new InternalError('disperse', `${name} cannot be computed part by part.`);
}

/**
 * The rows of a shard at unit length, exact copies of earlier rows parted from them; refuses rows without a direction, by
 * their number in the table.
 */
export async function startOf(
  dispersal: Pick<Dispersal, 'seed' | 'copies'>,
  { shard, firstRow }: DispersedShard,
  context: TaskContext,
): Promise<Matrix<Float32Array>> {
  const points = await context.rowsOf(shard);
  const { bad } = unitRowsInPlace(points);
  if (bad.length > 0)
    throw new InputError(
      context.table.name,
      `row ${firstRow + bad[0]} (counted from 0) is zero or not finite and so has no direction; leave such rows out.`,
    );
  if (dispersal.copies === undefined) return points;
  const copies = await int32s(await context.input(context.inputs - 1), 'rows');
  const random = partingStream(dispersal.seed);
  for (const copy of copies)
    if (copy >= firstRow && copy < firstRow + shard.rows)
      partRow(row(points, copy - firstRow), random.fork(copy));
  return points;
}

/** What a step is given besides the rows: its own random stream, the same for every shard. */
export function partContext(
  { seed, features, total }: Dispersal,
  { firstRow }: Pick<DispersedShard, 'firstRow'>,
  step: number,
  { engine, signal }: TaskContext,
  start?: Matrix,
): PartContext {
  const random = Random.fromSeed(seed).fork(step);
  return { engine, signal, random, features, total, firstRow, start };
}

/** The statistics of some rows for the steps that come next, each by its own stream. */
export async function statisticArrays(
  dispersal: Dispersal,
  own: DispersedShard,
  points: Matrix,
  { step, count }: Steps,
  context: TaskContext,
): Promise<Record<string, PackedArray>> {
  const form = formOf(dispersal);
  const arrays: Record<string, PackedArray> = {};
  for (let k = 0; k < count; k++) {
    const facts = partContext(dispersal, own, step + k, context);
    const statistic = await form.statistic(points, facts);
    Object.assign(arrays, namedStatistic(statistic, k));
  }
  return arrays;
}

/** Arrays of the k-th step of a superstep. */
export function namedStatistic(statistic: Statistic, k: number): Record<string, PackedArray> {
  return Object.fromEntries(
    statistic.map((data, t) => [statisticKey(k, t), { shape: [data.length], data }]),
  );
}

const statisticKey = (k: number, t: number): string => `statistic.${k}.${t}`;

/** The statistic of the k-th step in an output. */
export async function readStatistic(
  output: Packed,
  k: number,
  terms: number,
): Promise<Float64Array[]> {
  const found: Float64Array[] = [];
  for (let t = 0; t < terms; t++) found.push(await float64s(output, statisticKey(k, t)));
  return found;
}

/** A float32 matrix of an output, as long as the rows of the shard. */
export async function readRows(
  output: Packed,
  name: string,
  { rows, cols }: ShardRef,
): Promise<Matrix<Float32Array>> {
  const data = await output.whole(name);
  if (data instanceof Float32Array) return matrix(data, rows, cols);
  throw new InputError(output.name, `the array ${name} is expected in float32.`);
}

/** Bytes of the statistic of a step. */
export function statisticBytes(dispersal: Dispersal, cols: number): number {
  const sizes = formOf(dispersal).sizes(cols, dispersal.features);
  return 8 * sizes.reduce((sum, size) => sum + size, 0);
}
