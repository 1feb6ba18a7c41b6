import { OptionError, ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { once } from '../../core/once.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import { clusterPurity, lossCoherence } from '../../families/metrics/index.ts';
import type { Measured } from '../../families/metrics/types.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import { evenDraw } from '../../structures/clusters/even-draw.ts';
import { lloydCenters, spreadRows } from '../../structures/clusters/lloyd-centers.ts';
import { createSpace } from '../../structures/space/space.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

const WHERE = 'measure curate';
const STEPS = 15;
/** As the numbers take them. */
const MOST_CLUSTERS = 10_000;
/** Rows that the centers of the selection are fitted to. */
const MOST_ROWS = 20_000;

export interface CurateOptions extends EngineOptions {
  /** The loss of a model on each row; NaN where not known. */
  readonly losses?: ArrayLike<number> | undefined;
  /** Where each row comes from. */
  readonly sources?: readonly string[] | undefined;
  /** Clusters of the numbers and of the selection. Default 50, of fewer than 100 rows half as many as rows. */
  readonly clusters?: number | undefined;
  /** The share of the rows to select, evenly from all clusters; left out, none are. */
  readonly share?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** A number with its interval, beside what shuffled rows give. */
export interface CurationNumber {
  /** null where the number does not exist. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly null: NullValue | null;
}

/** Rows of one source, and how many of them were selected. */
export interface CuratedSource {
  readonly source: string;
  readonly rows: number;
  readonly selected: number;
}

export interface Curation {
  readonly n: number;
  readonly d: number;
  readonly clusters: number;
  /** The variance of losses within clusters over that of all; null where no losses are known. */
  readonly lossCoherence: CurationNumber | null;
  /** The share of rows of the most frequent source of their cluster; null where no sources are known. */
  readonly sourcePurity: CurationNumber | null;
  /** The rows selected, ascending; null where none were asked for. */
  readonly selected: Int32Array | null;
  /** The cluster of each row that the selection was drawn from. */
  readonly of: Int32Array | null;
  readonly sources: readonly CuratedSource[];
  readonly warnings: readonly string[];
  readonly engine: string;
}

/**
 * Whether a space is fit to pick training data: near rows have near losses (`loss-coherence`) and one source
 * (`cluster-purity`), and a share of the rows, as many from each cluster of k-means as it has, so that what is rare is not
 * drowned in what is frequent.
 *
 * @example const { lossCoherence, selected } = await curate(await read('documents.npy'), { losses, share: 0.2 });
 */
export async function curate(
  table: GivenTable,
  options: CurateOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<Curation> {
  const { points } = givenTable(WHERE, table);
  const { rows: n, cols: d } = points;
  const { losses, sources, share, clusters = clustersOf(n), seed = 0 } = options;
  if (n < 2) throw new ShapeError(WHERE, 'two rows or more', `${n}`);
  requireEach('losses', losses?.length, n);
  requireEach('sources', sources?.length, n);
  if (share !== undefined && !(share > 0 && share <= 1))
    throw new OptionError(WHERE, 'share', 'a number above 0, 1 at most', share);
  if (!(Number.isInteger(clusters) && clusters >= 2 && clusters <= Math.min(n, MOST_CLUSTERS)))
    throw new OptionError(
      WHERE,
      'clusters',
      `an integer from 2 to ${n <= MOST_CLUSTERS ? `the ${n} rows` : MOST_CLUSTERS}`,
      clusters,
    );
  return onEngine(points, options, async (engine) => {
    const scores = losses && Float64Array.from(losses);
    const unit = once(async () => unitRows(WHERE, points));
    // One space for both numbers: they ask for the same clusters.
    const space = once(async () => {
      const { points: rows, norms } = await unit();
      const facts = { raw: points, norms, seed, classes: sources };
      return createSpace(rows, engine, { signal }, { ...facts, scores });
    });
    onProgress?.({ stage: 'clusters', done: 0 });
    const coherence = scores && (await lossCoherence.measure(await space(), { clusters }));
    onProgress?.({ stage: 'clusters', done: 0.4 });
    const purity = sources && (await clusterPurity.measure(await space(), { clusters }));
    onProgress?.({ stage: 'selection', done: 0.6 });
    const picked =
      share === undefined
        ? undefined
        : await selection((await unit()).points, { clusters, share, seed }, engine, signal);
    return {
      n,
      d,
      clusters,
      lossCoherence: coherence ? numberOf(coherence) : null,
      sourcePurity: purity ? numberOf(purity) : null,
      selected: picked?.rows ?? null,
      of: picked?.of ?? null,
      sources: sourcesOf(sources, picked?.rows),
      warnings: [...(coherence?.warnings ?? []), ...(purity?.warnings ?? [])],
      engine: engine.name,
    };
  });
}

/** With as many clusters as rows, every row would be its own. */
function clustersOf(n: number): number {
  return Math.max(2, Math.min(50, Math.floor(n / 2)));
}

function requireEach(what: string, given: number | undefined, n: number): void {
  if (given !== undefined && given !== n)
    throw new ShapeError(WHERE, `${what}, one for each of the ${n} rows`, `${given}`);
}

const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);

function numberOf({ value, low, high, null: law }: Measured): CurationNumber {
  return { value: finite(value), low: finite(low), high: finite(high), null: law ?? null };
}

/** Clusters of k-means are as large as the space makes them: a frequent topic fills few, a rare one its own. */
async function selection(
  unit: Matrix,
  {
    clusters,
    share,
    seed,
  }: { readonly clusters: number; readonly share: number; readonly seed: number },
  engine: Engine,
  signal: AbortSignal | undefined,
) {
  const points = toFloat32(unit);
  const random = Random.fromSeed(seed).fork('curate');
  const some =
    points.rows > MOST_ROWS
      ? gathered(points, random.fork('sample').sample(points.rows, MOST_ROWS).sort())
      : points;
  const start = spreadRows(some, clusters, random.fork('start'));
  const { centers } = await lloydCenters(some, start, STEPS, { engine, signal });
  const { indices } = await engine.assign(points, centers, { signal });
  const of = Int32Array.from(indices);
  const count = Math.max(1, Math.round(share * points.rows));
  return { of, rows: evenDraw(of, centers.rows, count, random.fork('rows')) };
}

function sourcesOf(
  sources: readonly string[] | undefined,
  selected: Int32Array | undefined,
): readonly CuratedSource[] {
  if (!sources) return [];
  const counts = new Map<string, { rows: number; selected: number }>();
  for (const source of sources) {
    const known = counts.get(source) ?? { rows: 0, selected: 0 };
    known.rows += 1;
    counts.set(source, known);
  }
  for (const i of selected ?? []) {
    const known = counts.get(sources[i]);
    if (known) known.selected += 1;
  }
  const listed = Array.from(counts, ([source, known]) => ({ source, ...known }));
  return listed.sort((a, b) => b.rows - a.rows || (a.source < b.source ? -1 : 1));
}
