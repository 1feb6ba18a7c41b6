import { InputError, OptionError } from '../../core/errors.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import type { EffortPoint, Found, OpenIndex, SearchIndex } from '../../families/search/types.ts';
import type { RunOptions } from '../../method/method.ts';
import { meanEstimate, wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { indexById, indexIds } from './search.ts';

/** Rows that are held out as queries, and the share of all that they are at most. */
const HELD_OUT = 1000;
const SHARE = 0.1;

export interface BenchOptions {
  /** Other queries than held-out rows. */
  readonly queries?: Matrix | undefined;
  /** Ids of indexes over vectors; left out, all. */
  readonly indexes?: readonly string[] | undefined;
  /** Default: 10. */
  readonly k?: number;
  readonly seed?: number;
}

export interface BenchPoint {
  /** Null where the index knows no effort. */
  readonly effort: number | null;
  readonly recall: { readonly value: number; readonly low: number; readonly high: number };
  readonly queriesPerSecond: number;
  /** Documents scored for a query, on average. */
  readonly scanned: number;
}

export interface IndexBench {
  readonly index: string;
  readonly buildSeconds: number;
  /** Of all its arrays. */
  readonly bytes: number;
  readonly curve: readonly BenchPoint[];
}

export interface SearchBench {
  readonly n: number;
  readonly d: number;
  readonly queries: number;
  /** Whether the queries are rows that were held out. */
  readonly heldOut: boolean;
  readonly k: number;
  readonly engine: string;
  readonly threads: number;
  readonly indexes: readonly IndexBench[];
}

/** The ids of the indexes that can be compared: those of vectors, asked with vectors. */
export function benchIds(): string[] {
  return indexIds().filter((id) => {
    const { takes, asks } = indexById(id);
    return takes === 'points' && asks === 'points';
  });
}

/** Builds indexes over the rows and asks them all the same, with each effort of their curves. */
export async function benchIndexes(
  points: Matrix,
  { queries, indexes = benchIds(), k = 10, seed = 0 }: BenchOptions = {},
  run: RunOptions = {},
): Promise<SearchBench> {
  const { kept, asked } = queries ? { kept: points, asked: queries } : heldOut(points, seed);
  if (asked.rows === 0 || kept.rows === 0)
    throw new InputError(
      'search bench',
      `${counted(points.rows, 'row is', 'rows are')} too few to hold some out; give --queries.`,
    );
  if (k > kept.rows)
    throw new OptionError('search bench', 'count', `at most the ${kept.rows} rows searched`, k);
  const exact = indexById('exact');
  const truth = await exact.search(
    (await exact({ points: kept }, undefined, run)).index,
    { points: asked },
    { k },
    run,
  );
  const benches: IndexBench[] = [];
  for (const id of indexes) benches.push(await benchIndex(id, kept, asked, truth, k, run));
  const { engine } = run;
  return {
    n: kept.rows,
    d: kept.cols,
    queries: asked.rows,
    heldOut: queries === undefined,
    k,
    engine: typeof engine === 'object' ? engine.name : 'auto',
    threads: typeof engine === 'object' ? engine.threads : 1,
    indexes: benches,
  };
}

function heldOut(points: Matrix, seed: number): { kept: Matrix; asked: Matrix } {
  const count = Math.min(HELD_OUT, Math.floor(SHARE * points.rows));
  const drawn = Random.fromSeed(seed).fork('held-out').sample(points.rows, count).sort();
  const out = new Set(drawn);
  const kept = Array.from({ length: points.rows }, (_, i) => i).filter((row) => !out.has(row));
  return { kept: gathered(points, kept), asked: gathered(points, drawn) };
}

async function benchIndex(
  id: string,
  points: Matrix,
  asked: Matrix,
  truth: Found,
  k: number,
  run: RunOptions,
): Promise<IndexBench> {
  const search = indexById(id);
  const { seconds: buildSeconds, result } = await timed(() => search({ points }, undefined, run));
  const { index } = result;
  const curve: BenchPoint[] = [];
  for (const effort of effortsOf(search, index)) {
    const request = { k, effort: effort ?? undefined };
    const { seconds, result: found } = await timed(() =>
      search.search(index, { points: asked }, request, run),
    );
    const scanned = found.scanned.reduce((sum, own) => sum + own, 0) / asked.rows;
    const recall = recallOf(found, truth, k);
    curve.push({ effort, recall, queriesPerSecond: asked.rows / seconds, scanned });
  }
  return { index: id, buildSeconds, bytes: await bytesOf(index), curve };
}

/** Efforts of the index's own curve that make a difference; none for an index that knows no effort. */
function effortsOf(search: SearchIndex, { settings }: OpenIndex): (number | null)[] {
  const curve = settings['curve'] as readonly EffortPoint[] | undefined;
  if (!search.effort || !curve) return [null];
  return curve
    .filter(({ scanned }, i) => i === 0 || scanned > curve[i - 1].scanned)
    .map(({ effort }) => effort);
}

async function bytesOf({ arrays }: OpenIndex): Promise<number> {
  let bytes = 0;
  for (const name of arrays.names) bytes += (await arrays.whole(name)).byteLength;
  return bytes;
}

/** Share of the true rows that are found, and its 95 % interval. */
function recallOf(found: Found, truth: Found, k: number): BenchPoint['recall'] {
  const each = Float64Array.from({ length: truth.scanned.length }, (_, q) => {
    const rows = truth.rows.subarray(q * k, (q + 1) * k).filter((row) => row >= 0);
    const all = new Set(rows);
    const hits = found.rows.subarray(q * k, (q + 1) * k).filter((row) => all.has(row));
    return hits.length / rows.length;
  });
  const { value, standardError } = meanEstimate(each);
  const trials = standardError > 0 ? (value * (1 - value)) / standardError ** 2 : each.length;
  return { value, ...wilsonInterval(value, trials) };
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1000, result };
}
