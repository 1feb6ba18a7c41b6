import { AbortedError } from '../../core/errors.ts';
import { once } from '../../core/once.ts';
import { noDirection } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import { grouped } from '../../core/text.ts';
import type { MaybePromise } from '../../engine/engine.ts';
import type { Measured, MetricRow } from '../../families/metrics/types.ts';
import { tableSpace } from '../../jobs/space/table-space.ts';
import { tableSums } from '../../jobs/space/table-sums.ts';
import { requireRowNumbers, type TableWork } from '../../jobs/space/table-work.ts';
import { AbsentRowsError } from '../../structures/space/absent-rows.ts';
import type { RowFacts, RowSample, Space } from '../../structures/space/types.ts';
import { createUniformModel } from '../../structures/uniform/uniform-model.ts';
import { FIELD_METRICS } from '../report/contract.ts';
import {
  detailsOf,
  fieldsOf,
  type MeasureDetails,
  type MeasureOptions,
  neighborCount,
} from './measure.ts';
import {
  type ChosenMetric,
  chosenMetrics,
  type Expected,
  metricRow,
  nullOf,
  renumbered,
  uniformStream,
} from './metric-rows.ts';
import type { Inspection } from './report.ts';

export interface MeasureStoreOptions extends Omit<MeasureOptions, 'engine' | 'neighbors'> {
  /** Rows drawn for numbers that need the rows themselves. Default 20,000. */
  readonly sampleRows?: number | undefined;
  /** Whether rows without a direction are left out; otherwise they are refused. Default false. */
  readonly skipInvalid?: boolean | undefined;
}

/** The numbers of a table beyond memory, and what was seen of it besides. */
export interface MeasuredStore {
  /** Its details are those of the drawn rows. */
  readonly inspection: Inspection;
  /** The drawn rows as they came. */
  readonly raw: Space['raw'];
  /** Rows without a direction, ascending. */
  readonly invalid: readonly number[];
  /** Numbers that are of the sums of classes over all rows. */
  readonly bySums: readonly string[];
}

const SAMPLED_ROWS = 20_000;

/**
 * `measure` of a sharded table that is not read whole: what is a sum over rows is that of all rows; neighbours are found
 * among all rows, for all of them or for as many as `measure` takes; numbers that need the rows themselves are those
 * of drawn rows, and say so.
 */
export async function measureStore(
  work: TableWork,
  options: MeasureStoreOptions = {},
  run: RunControls = {},
): Promise<MeasuredStore> {
  const start = performance.now();
  const chosen = chosenMetrics(options.metrics ?? Object.values(FIELD_METRICS));
  requireRowNumbers(work);
  const { engine, manifest } = work;
  const sums = await tableSums(work);
  const { n, invalid, inTable } = sums.numbers;
  if (invalid.length > 0 && (!options.skipInvalid || n === 0)) {
    throw noDirection('measure', Array.from(invalid));
  }
  // Their numbers in the table, where they are others.
  const all = invalid.length > 0 ? Int32Array.from({ length: n }, (_, i) => inTable(i)) : undefined;
  const { seed = 0, exact = false } = options;
  const { sampleRows = SAMPLED_ROWS } = options;
  const controls = { seed, exact, sampleRows, signal: run.signal };
  const space = tableSpace(work, sums, { ...factsOf(options, all), ...controls });
  const longest = Math.max(...chosen.map(({ metric }) => metric.listLength));
  // First, because all drawn rows are gathered on its way.
  await space.nearest(neighborCount(n, longest));
  const sample = await space.sample(sampleRows);
  const { metrics, sampled, bySums } = await measuredRows(chosen, { space, sample }, options, run);
  const details = await detailsOfSample(sample, all, seed);
  const measurement = {
    n,
    d: manifest.cols,
    engine: engine.name,
    threads: engine.threads,
    seconds: (performance.now() - start) / 1000,
    ...fieldsOf(all ? renumbered(metrics, all) : metrics),
    ...(sample.rows && { sampled: { rows: sample.rows.length, metrics: sampled } }),
  };
  const inspection = { measurement, details };
  return { inspection, raw: sample.space.raw, invalid: Array.from(invalid), bySums };
}

/** What is known of the rows that have a direction. */
function factsOf(
  { classes, frequencies, scores, datastore }: RowFacts,
  rows: Int32Array | undefined,
): RowFacts {
  if (!rows) return { classes, frequencies, scores, datastore };
  return {
    datastore,
    classes: classes && Array.from(rows, (i) => classes[i]),
    frequencies: frequencies && Float64Array.from(rows, (i) => frequencies[i]),
    scores: scores && Float64Array.from(rows, (i) => scores[i]),
  };
}

async function detailsOfSample(
  { space, rows }: RowSample,
  all: Int32Array | undefined,
  seed: number,
): Promise<MeasureDetails> {
  const lists = await space.nearest(neighborCount(space.points.rows));
  const numbers = rows && all ? rows.map((i) => all[i]) : (rows ?? all);
  return detailsOf(space, { norms: space.norms, lists, rows: numbers }, seed);
}

interface Sides {
  readonly space: Space;
  readonly sample: RowSample;
}

interface MeasuredRows {
  readonly metrics: readonly MetricRow[];
  readonly sampled: readonly string[];
  readonly bySums: readonly string[];
}

/** Each number of all rows, or of the drawn ones where it needs them; which are of these. */
async function measuredRows(
  chosen: readonly ChosenMetric[],
  { space: whole, sample }: Sides,
  options: MeasureStoreOptions,
  run: RunControls,
): Promise<MeasuredRows> {
  let isSummed = false;
  const { classSums } = whole;
  const space: Space = {
    ...whole,
    // What one number asked for is known to the next: that it looks for the sums is the sign.
    get classSums() {
      isSummed = true;
      return classSums;
    },
  };
  const expectedOfAll = await expectedOf(space, sample, options, run);
  const expectedOfSample = once(() => expectedOf(sample.space, sample, options, run));
  const metrics: MetricRow[] = [];
  const sampled: string[] = [];
  const bySums: string[] = [];
  for (const one of chosen) {
    const { metric } = one;
    if (metric.needs && space[metric.needs] === undefined) continue;
    if (run.signal?.aborted) throw new AbortedError('measure');
    run.onProgress?.({ stage: metric.spec.title, done: 0 });
    isSummed = false;
    const found = await unlessAbsent(() => metric.measure(space, one.options));
    if (found) {
      if (isSummed) bySums.push(metric.spec.id);
      metrics.push(metricRow(one, found, found.null ?? (await expectedOfAll(one))));
      continue;
    }
    const some = await sampleFor(one, { space, sample });
    const own = await metric.measure(some.space, one.options);
    const expected = own.null ?? (await (await expectedOfSample())(one));
    metrics.push(metricRow(one, some.rows ? ofRows(own, some.rows, space) : own, expected));
    if (some.rows) sampled.push(metric.spec.id);
  }
  return { metrics, sampled, bySums };
}

/** Drawn rows; of a number about the order of the rows as many that follow one another. */
async function sampleFor({ metric }: ChosenMetric, { space, sample }: Sides): Promise<RowSample> {
  if (!metric.spec.inOrder || !sample.rows) return sample;
  const rows = Int32Array.from(sample.rows.keys());
  return { space: await space.among(rows), rows };
}

async function unlessAbsent(measure: () => MaybePromise<Measured>): Promise<Measured | undefined> {
  try {
    return await measure();
  } catch (cause) {
    if (cause instanceof AbsentRowsError) return undefined;
    throw cause;
  }
}

/** What was found of some rows, by their numbers among all. */
function ofRows(found: Measured, rows: Int32Array, { points }: Space): Measured {
  const follow = rows[rows.length - 1] === rows.length - 1;
  const which = follow ? 'the first' : 'a sample of';
  const warning = `measured on ${which} ${grouped(rows.length)} of the ${grouped(points.rows)} rows.`;
  // Values of rows that were not drawn are not known.
  const { perRow: _, ...others } = found;
  return {
    ...others,
    ...(found.rows && { rows: found.rows.map((i) => rows[i]) }),
    warnings: [...(found.warnings ?? []), warning],
  };
}

/** The values of numbers under the null model, of as many rows. */
async function expectedOf(
  space: Space,
  sample: RowSample,
  { seed = 0, null: model = 'uniform' }: MeasureStoreOptions,
  { signal }: RunControls,
): Promise<Expected> {
  const { engine, norms } = space;
  const { rows: n, cols: d } = space.points;
  const work = { signal };
  const uniform = createUniformModel({ n, d, lengths: norms }, engine, uniformStream(seed), work);
  if (model === 'uniform') await uniform.neighborDraws(neighborCount(n));
  // Columns are shuffled of rows that are here.
  const own = model === 'permuted' ? sample.space : space;
  return nullOf(model, own, uniform, engine, work);
}
