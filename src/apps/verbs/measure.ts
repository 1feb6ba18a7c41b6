import { AbortedError, OptionError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { noDirection, unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import { grouped } from '../../core/text.ts';
import type { Work } from '../../engine/engine.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { type AnyTable, type GivenTable, givenTable } from '../../io/given-table.ts';
import type { Survey } from '../../io/table.ts';
import { mostFrequent } from '../../structures/neighbors/most-frequent.ts';
import { occurrences } from '../../structures/neighbors/occurrences.ts';
import type { NullModel } from '../../structures/space/null-models.ts';
import { createSpace } from '../../structures/space/space.ts';
import type { RowFacts, Space } from '../../structures/space/types.ts';
import {
  type AngleHistogram,
  nearestAngleHistogram,
  pairAngleHistogram,
} from '../../structures/uniform/angle-histogram.ts';
import { createUniformModel } from '../../structures/uniform/uniform-model.ts';
import { FIELD_METRICS, MEASURE_FIELDS, type Measurement, type Nulls } from '../report/contract.ts';
import { chosenMetrics, metricRow, nullOf, renumbered, uniformStream } from './metric-rows.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

export interface MeasureOptions extends EngineOptions, RowFacts {
  /** Of samples and of simulated null values. Default 0. */
  readonly seed?: number | undefined;
  /** What the numbers are compared with. Default: uniform points of the same n and d. */
  readonly null?: NullModel | undefined;
  /**
   * Ids or groups of metrics, or `all`; an id may have options, as in `gride(scale=16)`. Default: the nine numbers of
   * `MEASURE_FIELDS`.
   */
  readonly metrics?: readonly string[] | undefined;
  /** Look at all pairs of rows, however many. Default false: beyond 2.5e11 products, a sample. */
  readonly exact?: boolean | undefined;
  /** Neighbours found before; they must be those of these rows. */
  readonly neighbors?: KnnGraph | undefined;
}

/** The measured numbers, each beside its value under the null model. */
export interface MeasureResult extends Measurement {
  readonly threads: number;
  /** Rows of the file, where the n measured ones are a sample of them. */
  readonly population?: number | undefined;
  /** Where the rows are a table beyond memory: the numbers that are those of so many drawn rows. */
  readonly sampled?: { readonly rows: number; readonly metrics: readonly string[] } | undefined;
  /** Of the nine numbers; empty where `null: 'none'`. */
  readonly null: Nulls;
  /** Every number that was asked for, with its interval and its null. */
  readonly metrics: readonly MetricRow[];
  /** One sentence each, naming the number. */
  readonly warnings: readonly string[];
}

/** A row that is among the nearest neighbours of many. */
export interface HubRow {
  readonly row: number;
  /** For how many rows it is among the k nearest. */
  readonly count: number;
}

/** What the report draws besides the numbers. */
export interface MeasureDetails {
  /** Unit rows, n × d. */
  readonly points: Matrix;
  /** Their numbers in the file, where they are not all of its rows; n. */
  readonly rows?: ArrayLike<number> | undefined;
  /** Length of each row before it was scaled; n. */
  readonly norms: Float64Array;
  /** The nearest neighbours of each row (of a sample where there are too many): 10, or all others. */
  readonly neighbors: KnnGraph;
  /** The same lists as long as the metrics asked for. */
  readonly lists: KnnGraph;
  readonly pairAngles: AngleHistogram;
  readonly nearestAngles: AngleHistogram;
  /** The min(n, d) singular values of the unit rows, largest first. */
  readonly singularValues: Float64Array;
  /** For how many rows each row is among the k nearest; n. */
  readonly occurrences: Int32Array;
  /** The 20 rows that occur most, most first. */
  readonly hubs: readonly HubRow[];
}

const NEIGHBORS = 10;
const HUBS = 20;

/**
 * Measures the geometry of n × d vectors: rows are scaled to unit length, then each number is taken
 * with its interval, beside its value for uniform random points. Numbers that do not exist (a single
 * row has no pairs) are null and a warning says why.
 *
 * @example const { minAngleDeg, null: uniform } = await measure(await read('vectors.npy'));
 * @example const { metrics } = await measure(points, { metrics: ['all'], classes });
 */
export async function measure(
  input: GivenTable,
  options: MeasureOptions = {},
  run: RunControls = {},
): Promise<MeasureResult> {
  const { measurement } = await measured(givenTable('measure', input), options, run);
  return measurement;
}

/** `measure`, and what its numbers were made from: histograms, spectrum, neighbours, hubs. */
export async function measureInDetail(
  input: GivenTable,
  options: MeasureOptions = {},
  run: RunControls = {},
): Promise<{ readonly measurement: MeasureResult; readonly details: MeasureDetails }> {
  const table = givenTable('measure', input);
  const { measurement, space, norms, lists } = await measured(table, options, run);
  const details = await detailsOf(space, { norms, lists, rows: table.survey?.rows }, options.seed);
  return { measurement, details };
}

/** What numbers of these rows are made from. */
export async function detailsOf(
  space: Space,
  { norms, lists, rows }: Pick<MeasureDetails, 'norms' | 'lists' | 'rows'>,
  seed = 0,
): Promise<MeasureDetails> {
  const { rows: n, cols: d } = space.points;
  const neighbors = await space.nearest(neighborCount(n));
  const counts = occurrences(neighbors, neighbors.k, n);
  const chords = (await space.nearest(1)).distances.filter(Number.isFinite);
  const random = Random.fromSeed(seed).fork('pairs');
  let pairAngles: AngleHistogram | undefined;
  return {
    points: space.points,
    rows,
    norms,
    neighbors,
    lists,
    // Half a second that only a report needs.
    get pairAngles() {
      pairAngles ??= pairAngleHistogram(space.points, random);
      return pairAngles;
    },
    nearestAngles: nearestAngleHistogram(chords.map(angleOfChord), n, d),
    singularValues: await space.singularValues(),
    occurrences: counts,
    hubs: hubsOf(counts),
  };
}

async function measured(
  { points: raw, survey }: AnyTable,
  options: MeasureOptions,
  run: RunControls,
): Promise<{ measurement: MeasureResult; space: Space; norms: Float64Array; lists: KnnGraph }> {
  const start = performance.now();
  const chosen = chosenMetrics(options.metrics ?? Object.values(FIELD_METRICS));
  if (survey) requireWhole(survey, options);
  const { points, norms } = unitRows('measure', raw);
  const { rows: n, cols: d } = points;
  return onEngine(points, options, async (engine) => {
    let stage = '';
    const work: Work = {
      signal: run.signal,
      onProgress: (done) => run.onProgress?.({ stage, done }),
    };
    const enter = (next: string): void => {
      stage = next;
      if (run.signal?.aborted) throw new AbortedError('measure');
      work.onProgress?.(0);
    };
    const space = createSpace(points, engine, work, { ...options, raw, norms });
    enter('neighbours');
    // Once for all metrics; the largest k first.
    const lists = await space.nearest(
      neighborCount(n, Math.max(...chosen.map(({ metric }) => metric.listLength))),
    );
    const uniform = createUniformModel(
      { n, d, lengths: norms },
      engine,
      uniformStream(options.seed ?? 0),
      work,
    );
    enter('null');
    const model = options.null ?? 'uniform';
    if (model === 'uniform') await uniform.neighborDraws(neighborCount(n));
    const expected = await nullOf(model, space, uniform, engine, work);
    const metrics: MetricRow[] = [];
    for (const one of chosen) {
      const { metric, options: settings } = one;
      if (metric.needs && space[metric.needs] === undefined) continue;
      enter(metric.spec.title);
      const found = await metric.measure(space, settings);
      metrics.push(metricRow(one, found, found.null ?? (await expected(one))));
    }
    const seconds = (performance.now() - start) / 1000;
    const head = { n, d, engine: engine.name, threads: engine.threads, seconds };
    const measurement = { ...head, ...fieldsOf(metrics) };
    return {
      measurement: survey ? ofSample(measurement, survey) : measurement,
      space,
      norms,
      lists,
    };
  });
}

/** Refuses rows of the file that the sample left out, and facts that are not of the sample. */
function requireWhole({ invalid }: Survey, { neighbors }: MeasureOptions): void {
  if (invalid.length > 0) throw noDirection('measure', invalid);
  if (neighbors) {
    throw new OptionError('measure', 'neighbors', 'left out for a sample of a file', 'a graph');
  }
}

/** The numbers of a sample, its rows by their numbers in the file. */
function ofSample(measurement: MeasureResult, { of, rows }: Survey): MeasureResult {
  const metrics = renumbered(measurement.metrics, rows);
  if (rows.length === of) return { ...measurement, metrics };
  const warning =
    `these are ${grouped(rows.length)} of the ${grouped(of)} rows, drawn by the seed; numbers about nearest ` +
    'rows, and the values beside them, are those of so many rows.';
  return { ...measurement, population: of, metrics, warnings: [warning, ...measurement.warnings] };
}

/** The nine numbers by their fields, their nulls, and every warning. */
export function fieldsOf(metrics: readonly MetricRow[]) {
  const values = {} as Record<keyof typeof FIELD_METRICS, number | null>;
  const nulls: Record<string, NonNullable<MetricRow['null']>> = {};
  const fieldOf = new Map<string, string>();
  for (const field of MEASURE_FIELDS) {
    const row = metrics.find(({ id }) => id === FIELD_METRICS[field]);
    values[field] = row?.value ?? null;
    if (row?.null) nulls[field] = row.null;
    fieldOf.set(FIELD_METRICS[field], field);
  }
  const warnings = metrics.flatMap(({ id, warnings }) =>
    warnings.map((warning) => `${fieldOf.get(id) ?? id}: ${warning}`),
  );
  return { ...values, null: nulls as Nulls, metrics, warnings };
}

export function neighborCount(n: number, wanted = NEIGHBORS): number {
  return Math.max(1, Math.min(Math.max(NEIGHBORS, wanted), n - 1));
}

function hubsOf(counts: Int32Array): HubRow[] {
  return Array.from(mostFrequent(counts, HUBS), (row) => ({ row, count: counts[row] }));
}
