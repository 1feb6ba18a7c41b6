import { ShapeError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import type { RunControls } from '../../core/run.ts';
import type { Encoded } from '../../families/compression/types.ts';
import { givenOutput } from '../../jobs/given.ts';
import { encodePlan } from '../../jobs/plans/encode-plan.ts';
import { resultsOf } from '../../jobs/run-plan.ts';
import { gatheredRows } from '../../jobs/space/gathered-rows.ts';
import { readColumns } from '../../jobs/space/read-columns.ts';
import { rowNumbers } from '../../jobs/space/row-numbers.ts';
import {
  requireRowNumbers,
  type TableWork,
  withGiven,
  withOutput,
} from '../../jobs/space/table-work.ts';
import { encodeModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { type Between, codeRecall, HELD_OUT_SEED } from '../store/code-recall.ts';
import { codecById } from '../store/codecs.ts';
import { codecIn, type StoreOptions, writeStreamedStore } from '../store/store-file.ts';

/** Rows that a codec is fitted to, and values of them, at most; rows among which its recall is measured. */
const [FITTED, VALUES, MEASURED] = [100_000, 2 ** 26, 20_000];

export interface CompressStoreOptions extends StoreOptions {
  /** Of the rows that are drawn. Default 0. */
  readonly seed?: number | undefined;
  /** Rows that the codec is fitted to, at most. Default: 100,000, and 2²⁶ values. */
  readonly fittedRows?: number | undefined;
  /** Numbers of neighbors whose recall is measured. Default: 10. */
  readonly neighbors?: readonly number[] | undefined;
  /** Vectors to ask with that are none of the rows. */
  readonly asking?: Parameters<typeof codeRecall>[0] | undefined;
}

export interface CompressedStore {
  readonly encoded: Encoded;
  /** Rows that the codec was fitted to, and among which the recall was measured. */
  readonly fitted: number;
  readonly measured: number;
  /** For each number of neighbors; undefined where there are too few rows. */
  readonly recalls: readonly (Between | undefined)[];
}

/**
 * Codes a sharded table that is not read whole: the codec is fitted to rows drawn by the seed, the rows are coded shard
 * by shard, and the codes streamed into the file. Where all rows are drawn, the file is the one that `compress` makes of
 * them. Its recall is measured among other drawn rows. Labels and columns are held in memory.
 *
 * @param learn gives the codec of the drawn rows
 */
export async function compressStore(
  path: string,
  work: TableWork,
  learn: (points: Parameters<typeof codeRecall>[0], run: RunOptions) => Promise<Encoded>,
  { seed = 0, fittedRows = FITTED, neighbors = [10], grams, asking }: CompressStoreOptions = {},
  controls: RunControls = {},
): Promise<CompressedStore> {
  requireRowNumbers(work);
  const { manifest, engine } = work;
  const { rows: n, cols } = manifest;
  if (asking && asking.cols !== cols)
    throw new ShapeError('compress', `queries of ${cols} columns`, `${asking.cols}`);
  const run = { ...controls, engine };
  const random = Random.fromSeed(seed).fork('compress');
  const numbers = rowNumbers(n, new Int32Array(0));
  const drawn = (name: string, most: number) =>
    gatheredRows(
      work,
      numbers,
      most >= n
        ? Int32Array.from({ length: n }, (_, i) => i)
        : random.fork(name).sample(n, most).sort(),
    );
  const points = await drawn(
    'fitted',
    Math.min(fittedRows, Math.max(1, Math.floor(VALUES / cols))),
  );
  const encoded = await learn(points, run);
  const outputs = await codedShards(work, encoded);
  const held = points.rows === n ? points : await drawn('measured', MEASURED);
  const ready = await codecById(codecIn(encoded.model)).ready(encoded.model);
  const codes = points.rows === n ? encoded.codes : await ready.encode(held, run);
  const recalls: (Between | undefined)[] = [];
  for (const k of neighbors)
    recalls.push(await codeRecall(held, ready, codes, { ...run, k, seed: HELD_OUT_SEED, asking }));
  const streamed = {
    model: encoded.model,
    rows: n,
    bytesPerVector: encoded.bytesPerVector,
    codes: () => arraysOf<Uint8Array>(work, outputs, 'codes'),
    norms: () => arraysOf<Float32Array>(work, outputs, 'norms'),
  };
  await writeStreamedStore(path, streamed, await readColumns(work), { grams });
  return { encoded, fitted: points.rows, measured: held.rows, recalls };
}

/** The names of the outputs with the codes of each shard. */
async function codedShards(work: TableWork, { model, bytesPerVector }: Encoded): Promise<string[]> {
  const bytes = encodeModel(model);
  const given = await givenOutput({ arrays: { model: { shape: [bytes.length], data: bytes } } });
  const codec = { codec: codecIn(model), bytesPerVector, bytes: bytes.length };
  return withGiven(work, given, async (name) => {
    const plan = await encodePlan(work.manifest, name, codec, work.engine.name);
    await work.run(plan);
    return resultsOf(plan);
  });
}

async function* arraysOf<A>(
  work: TableWork,
  outputs: readonly string[],
  array: string,
): AsyncGenerator<A> {
  for (const name of outputs)
    yield await withOutput(work, name, async (output) => (await output.whole(array)) as A);
}
