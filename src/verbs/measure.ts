import { AbortedError } from '../core/errors.ts';
import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import { angleOfChord } from '../core/numeric.ts';
import { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import type { RunControls } from '../core/run.ts';
import type { MaybePromise, Work } from '../engine/engine.ts';
import type { VectorTable } from '../io/table.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import type { Measured, Metric, NullValue, Space, UniformModel } from '../metrics/contract.ts';
import * as metrics from '../metrics/index.ts';
import {
  type AngleHistogram,
  nearestAngleHistogram,
  pairAngleHistogram,
} from '../metrics/shared/angle-histogram.ts';
import { occurrences } from '../metrics/shared/occurrences.ts';
import { createSpace } from '../metrics/shared/space.ts';
import { createUniformModel } from '../metrics/shared/uniform-model.ts';
import {
  MEASURE_FIELDS,
  type MeasureField,
  type Measurement,
  type Nulls,
} from '../report/contract.ts';
import { type EngineOptions, onEngine } from './shared/engine.ts';

export interface MeasureOptions extends EngineOptions {
  /** Of the simulated null values and of sampled histograms. Default 0. */
  readonly seed?: number | undefined;
  /** Whether to find the values under uniform points too. Default true. */
  readonly nulls?: boolean | undefined;
}

/** The measured numbers, each beside its value for uniform points of the same n and d. */
export interface MeasureResult extends Measurement {
  readonly threads: number;
  /** Empty where `nulls: false`. */
  readonly null: Nulls;
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
  /** Length of each row before it was scaled; n. */
  readonly norms: Float64Array;
  /** The nearest neighbours of each row: 10, or all others where there are fewer. */
  readonly neighbors: KnnGraph;
  readonly pairAngles: AngleHistogram;
  readonly nearestAngles: AngleHistogram;
  /** The min(n, d) singular values of the unit rows, largest first. */
  readonly singularValues: Float64Array;
  /** For how many rows each row is among the k nearest; n. */
  readonly occurrences: Int32Array;
  /** The 20 rows that occur most, most first. */
  readonly hubs: readonly HubRow[];
}

/** A metric with its options at their defaults. */
interface Measurable {
  readonly measure: (space: Space) => MaybePromise<Measured>;
  readonly underUniform: (model: UniformModel) => MaybePromise<NullValue | undefined>;
}

function atDefaults<S extends OptionSpecs>(metric: Metric<S>): Measurable {
  const options = resolveOptions(metric.spec.id, metric.spec.options);
  return {
    measure: (space) => metric.measure(space, options),
    underUniform: (model) => metric.underUniform(model, options),
  };
}

const METRICS: Readonly<Record<MeasureField, Measurable>> = {
  minAngleDeg: atDefaults(metrics.minAngle),
  medianNearestAngleDeg: atDefaults(metrics.medianNearestAngle),
  meanNearestAngleDeg: atDefaults(metrics.meanNearestAngle),
  circularVariance: atDefaults(metrics.circularVariance),
  meanCosine: atDefaults(metrics.meanCosine),
  mmd: atDefaults(metrics.mmd),
  uniformity: atDefaults(metrics.uniformity),
  effectiveRank: atDefaults(metrics.effectiveRank),
  hubnessSkewness: atDefaults(metrics.hubnessSkewness),
};

/** What runs while a metric is first asked; the others find its work done. */
const STAGES: Readonly<Partial<Record<MeasureField, string>>> = {
  mmd: 'pairs',
  effectiveRank: 'spectrum',
};

const NEIGHBORS = 10;
const HUBS = 20;

/**
 * Measures the geometry of n × d vectors: rows are scaled to unit length, then nine numbers are taken,
 * each beside its value for uniform random points. Numbers that do not exist (a single row has no
 * pairs) are null and a warning says why.
 *
 * @example const { minAngleDeg, null: uniform } = await measure(await read('vectors.npy'));
 */
export async function measure(
  input: Matrix | VectorTable,
  options: MeasureOptions = {},
  run: RunControls = {},
): Promise<MeasureResult> {
  const { measurement } = await measured(input, options, run);
  return measurement;
}

/** `measure`, and what its numbers were made from: histograms, spectrum, neighbours, hubs. */
export async function measureInDetail(
  input: Matrix | VectorTable,
  options: MeasureOptions = {},
  run: RunControls = {},
): Promise<{ readonly measurement: MeasureResult; readonly details: MeasureDetails }> {
  const { measurement, space, norms } = await measured(input, options, run);
  const { rows: n, cols: d } = space.points;
  const neighbors = await space.nearest(neighborCount(n));
  const counts = occurrences(neighbors, neighbors.k, n);
  const chords = (await space.nearest(1)).distances.filter(Number.isFinite);
  const random = Random.fromSeed(options.seed ?? 0).fork('pairs');
  const details = {
    points: space.points,
    norms,
    neighbors,
    pairAngles: pairAngleHistogram(space.points, random),
    nearestAngles: nearestAngleHistogram(chords.map(angleOfChord), n, d),
    singularValues: await space.singularValues(),
    occurrences: counts,
    hubs: hubsOf(counts),
  };
  return { measurement, details };
}

async function measured(
  input: Matrix | VectorTable,
  options: MeasureOptions,
  run: RunControls,
): Promise<{ measurement: MeasureResult; space: Space; norms: Float64Array }> {
  const start = performance.now();
  const raw = 'points' in input ? input.points : input;
  const { points, norms } = unitRows('measure', raw);
  const { rows: n, cols: d } = points;
  return onEngine(points, options, async (engine) => {
    let stage = '';
    const work: Work = {
      signal: run.signal,
      onProgress: (done) => run.onProgress?.({ stage, done }),
    };
    const space = createSpace(points, engine, work, { raw, norms, seed: options.seed });
    const enter = (next: string): void => {
      stage = next;
      if (run.signal?.aborted) throw new AbortedError('measure');
    };
    enter('neighbours');
    // Once for all metrics; the largest k first.
    await space.nearest(neighborCount(n));
    const numbers = await numbersOf(space, enter);
    enter('uniform points');
    const random = Random.fromSeed(options.seed ?? 0).fork('uniform');
    const model = createUniformModel({ n, d }, engine, random, work);
    const nulls = (options.nulls ?? true) ? await nullsOf(model) : {};
    const seconds = (performance.now() - start) / 1000;
    const head = { n, d, engine: engine.name, threads: engine.threads, seconds };
    const { values, warnings } = numbers;
    return { measurement: { ...head, ...values, null: nulls, warnings }, space, norms };
  });
}

async function numbersOf(space: Space, enter: (stage: string) => void) {
  const values = {} as Record<MeasureField, number | null>;
  const warnings: string[] = [];
  for (const field of MEASURE_FIELDS) {
    const stage = STAGES[field];
    if (stage) enter(stage);
    const result = await METRICS[field].measure(space);
    values[field] = Number.isFinite(result.value) ? result.value : null;
    for (const warning of result.warnings ?? []) warnings.push(`${field}: ${warning}`);
  }
  return { values, warnings };
}

async function nullsOf(model: UniformModel): Promise<Nulls> {
  const nulls: Partial<Record<MeasureField, NullValue>> = {};
  // The largest k first: its draws answer the smaller ones.
  await model.neighborDraws(neighborCount(model.n));
  for (const field of MEASURE_FIELDS) {
    const expected = await METRICS[field].underUniform(model);
    if (expected) nulls[field] = expected;
  }
  return nulls;
}

function neighborCount(n: number): number {
  return Math.max(1, Math.min(NEIGHBORS, n - 1));
}

function hubsOf(counts: Int32Array): HubRow[] {
  const order = Int32Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  return Array.from(order.subarray(0, HUBS), (row) => ({ row, count: counts[row] }));
}
