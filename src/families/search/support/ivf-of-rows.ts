import { OptionError } from '../../../core/errors.ts';
import { type Matrix, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { Packed, PackedArray } from '../../../io/packed.ts';
import type { Column } from '../../../io/table.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { resolveOptions } from '../../../method/options.ts';
import { ivf } from '../ivf.ts';
import type { BuildContext, Built, CheckedCorpus, OpenIndex, SearchRequest } from '../types.ts';
import { centersOfRows } from './centers.ts';
import { effortCurveOfRows } from './effort-curve.ts';
import { listedColumns } from './list-reader.ts';
import { everyList, nearestLists } from './list-search.ts';
import { coverageOfRows, type ScoredRows } from './lists.ts';

/** Rows in lists, wherever their vectors lie. */
export interface RowsInLists {
  /** Where each list begins, and where the last ends. */
  readonly offsets: Int32Array;
  /** The rows in the order of the lists; n. */
  readonly rows: Int32Array;
  /** Arrays of an index with the vectors in that order between them, as `points`. */
  packed(before: Arrays, after: Arrays): Packed;
}

type Arrays = Readonly<Record<string, PackedArray>>;

/** Rows beyond memory as an index takes them: of length 1 under the cosine. */
export interface IndexedRows extends ScoredRows {
  readonly d: number;
  readonly columns: Readonly<Record<string, Column>>;
  listed(centers: Matrix<Float32Array>): Promise<RowsInLists>;
}

/** Options of the index by their names. */
export type IvfOptions = Readonly<Record<string, unknown>>;

/** What `ivf` builds of a table in memory, of rows beyond it: the same draws, the same lists. */
export async function ivfOfRows(
  rows: IndexedRows,
  given: IvfOptions = {},
  options: RunOptions = {},
): Promise<Built> {
  const { similarity, lists, codec, seed } = resolveOptions(
    'ivf',
    ivf.spec.options,
    given as never,
  );
  if (codec !== 'none')
    throw new OptionError('ivf', 'codec', 'none where the vectors are beyond memory', codec);
  const { n, d } = rows;
  const run = new MethodRun(options);
  const engine = await run.engineFor(zeros(0, 0));
  const work = { signal: options.signal };
  const context = { engine, random: Random.fromSeed(seed).fork('ivf'), run, work };
  const wanted = Math.min(n, lists || Math.ceil(2 * Math.sqrt(n)));
  const centers = await centersOfRows(rows, wanted, context);
  const inLists = await rows.listed(centers);
  const { offsets } = inLists;
  const coverage = await coverageOfRows(
    { rows, centers, listOf: listsOfRows(inLists), similarity },
    context,
  );
  const sample = await rows.gather(context.random.fork('ranks').sample(n, Math.ceil(Math.sqrt(n))));
  const arrays = inLists.packed(
    {
      centers: { shape: [centers.rows, d], data: centers.data },
      offsets: { shape: [offsets.length], data: offsets },
      rows: { shape: [n], data: inLists.rows },
    },
    {
      sample: { shape: [sample.rows, d], data: sample.data },
      ...listedColumns(rows.columns, inLists.rows),
    },
  );
  const own = { similarity, lists: centers.rows, sample: sample.rows, coverage };
  const settings = { ...own, documents: n, dims: d };
  const index: OpenIndex = { settings, arrays, n };
  const measured = await effortCurveOfRows(
    rows,
    asksOf(index, context),
    context.random.fork('curve'),
  );
  const sizes = offsets.subarray(1).map((end, l) => end - offsets[l]);
  return {
    index: { ...index, settings: { ...settings, ...measured } },
    facts: { lists: centers.rows, largestList: sizes.reduce((a, b) => Math.max(a, b), 0) },
    warnings: fewerLists(lists, centers.rows),
    engine: engine.name,
  };
}

/** What is said where fewer lists were made than asked for. */
export function fewerLists(wanted: number, made: number): string[] {
  return wanted > 0 && made < wanted
    ? [`Only ${made} of ${wanted} lists were made: no more rows of the sample differ.`]
    : [];
}

function asksOf(index: OpenIndex, { engine }: BuildContext) {
  const context = { engine, work: {} };
  return {
    search: (queries: CheckedCorpus, request: SearchRequest) =>
      nearestLists(index, queries, request, context),
    exactly: (queries: CheckedCorpus, request: SearchRequest) =>
      everyList(index, queries, request, context),
    most: index.settings['lists'] as number,
  };
}

function listsOfRows({ offsets, rows }: RowsInLists): Int32Array {
  const listOf = new Int32Array(rows.length);
  for (let list = 0; list + 1 < offsets.length; list++)
    for (let at = offsets[list]; at < offsets[list + 1]; at++) listOf[rows[at]] = list;
  return listOf;
}
