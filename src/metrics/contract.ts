import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import type { Engine, EngineName, MaybePromise } from '../engine/engine.ts';
import type { PairKernel } from '../engine/kernels/pairwise-energy/contract.ts';
import { defineMethod, type Method, type MethodSpec, type RunOptions } from '../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../method/options.ts';

export { type Estimate, LEVEL } from '../numerics/statistics/intervals.ts';

import type { Estimate } from '../numerics/statistics/intervals.ts';
import type { Answers, Rankings } from './shared/rankings.ts';
import { createSpace } from './shared/space.ts';
import { createUniformModel } from './shared/uniform-model.ts';

/** The families of numbers: folders of this one, sections of the report. */
export const METRIC_GROUPS = [
  'spread',
  'rank',
  'dimension',
  'hubness',
  'neighborhoods',
  'labels',
] as const;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

/** A value under a null model: uniform random points of the same n and d, unless `how` says otherwise. */
export interface NullValue {
  /** Mean or median of the null law, as `how` says. */
  readonly value: number;
  /** 95 % of the null law lies between. */
  readonly low?: number;
  readonly high?: number;
  /** Probability, under the null, of a value at least as extreme. */
  readonly pValue?: number;
  /** 'exact', 'asymptotic' or 'simulated', and what: one phrase. */
  readonly how: string;
}

/** What a metric says about one set of points. */
export interface Measured {
  /** NaN where the number does not exist (no pair in one row); a warning then says why. */
  readonly value: number;
  /**
   * 95 % interval for the value that n rows drawn like these have on average; where the value comes
   * from a sample of the rows, the error of sampling is part of it.
   */
  readonly low?: number;
  readonly high?: number;
  readonly warnings?: readonly string[];
  /** The rows that the number is about (hubs, outliers, one of each pair of duplicates), worst first. */
  readonly rows?: readonly number[];
  /** The columns that it is about, worst first. */
  readonly columns?: readonly number[];
  /** What a picture of it shows: a curve or one value for each row. */
  readonly series?: Series;
  /** The numbers of which it was made, where there are several: one line each, the same fields. */
  readonly table?: readonly TableLine[];
  /** The law under a null that depends on what was measured: a p-value, permuted classes. */
  readonly null?: NullValue;
}

export type TableLine = Readonly<Record<string, string | number>>;

/** Points of a curve, or of a histogram's rows. */
export interface Series {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly xName: string;
  readonly yName: string;
}

/** Where a metric states no null of its own, `null` is its law under uniform points, if it has one. */
export interface MetricResult extends Measured {
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** What one metric found in one file, beside its null: plain data for tables, JSON and the doctor. */
export interface MetricRow {
  readonly id: string;
  readonly group: MetricGroup;
  readonly title: string;
  readonly unit: '°' | undefined;
  /** null where the number does not exist; a warning then says why. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of the interval. */
  readonly level: number;
  readonly null: NullValue | null;
  readonly warnings: readonly string[];
  readonly rows?: readonly number[] | undefined;
  readonly columns?: readonly number[] | undefined;
  readonly series?: Series | undefined;
  readonly table?: readonly TableLine[] | undefined;
}

/** The spectrum of the centred rows. */
export interface CovarianceSpectrum {
  /** Mean row; d. */
  readonly mean: Float64Array;
  /** Eigenvalues of the covariance Σ = 1/n Σ (xᵢ − μ)(xᵢ − μ)ᵀ, largest first; d. */
  readonly values: Float64Array;
  /** Eigenvectors as rows, d × d. */
  readonly vectors: Matrix<Float64Array>;
}

/** The n − 1 edges of a minimum spanning tree of n rows, shortest first. */
export interface SpanningTree {
  readonly n: number;
  /** Rows, or places in `rows`, that the edges join. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Chords. */
  readonly lengths: Float64Array;
  /** Which rows these are, where the tree is that of a sample. */
  readonly rows?: Int32Array;
}

/** XᵀX/n of the unit rows; their covariance; that of the rows as they came. */
export type SpectrumOf = 'second-moment' | 'covariance' | 'raw-covariance';

/** A spectrum, and where the rows lie in it: what an interval for a number about it is made from. */
export interface RowSpectrum {
  /** The min(n, d) eigenvalues, largest first; those that rounding cannot tell from 0 are 0. */
  readonly values: Float64Array;
  /** Squared coordinates ⟨xᵢ − μ, v_k⟩² of the rows, or of a seeded sample of them: m × min(n, d). */
  readonly squares: Matrix<Float64Array>;
  /** The eigenvalues without each of some groups of rows; absent where the rows are very many. */
  readonly groups?: readonly Float64Array[];
}

/** What is known about each row besides its vector. */
export interface RowFacts {
  /** The class of each row, n. */
  readonly classes?: readonly string[] | undefined;
  /** How often each row's item occurs (word counts, page views), n; NaN where not known. */
  readonly frequencies?: Float64Array | undefined;
  /** A number by which rows can be ordered (a rating, a year, a price), n; NaN where not known. */
  readonly scores?: Float64Array | undefined;
  /** Queries, and which rows answer them. */
  readonly answers?: Answers | undefined;
}

/**
 * Unit rows with the expensive facts about them, each computed at most once and shared by all
 * metrics: neighbours, Gram matrix, pair sums. Where the rows are too many for all pairs, neighbours
 * and pair means come from a seeded sample of them, unless `exact` was asked for.
 */
export interface Space extends RowFacts {
  /** Unit rows, n × d. */
  readonly points: Matrix;
  /** The rows as they came, n × d. */
  readonly raw: Matrix;
  /** ‖raw row i‖; n. */
  readonly norms: Float64Array;
  readonly engine: Engine;
  /** A stream of its own for each name. */
  random(name: string): Random;
  /**
   * The k nearest neighbours, among all rows, of every row, or of those listed in `rows` of the graph
   * where a sample had to do. A larger k computed before answers a smaller one.
   */
  nearest(k: number): Promise<KnnGraph>;
  /**
   * A space of m rows drawn from this one (by its seed), or this one where it has no more than m or
   * where nothing is to be sampled; the same at every call.
   */
  sample(m: number): RowSample;
  /** XᵀX, d × d. */
  gram(): Promise<Matrix<Float64Array>>;
  /** The min(n, d) singular values of the points, largest first. */
  singularValues(): Promise<Float64Array>;
  /** Mean and covariance of the unit rows, in eigenvectors. */
  covariance(): Promise<CovarianceSpectrum>;
  /** The same of the rows as they came. */
  rawCovariance(): Promise<CovarianceSpectrum>;
  /** The spectrum of XᵀX/n, or of a covariance, with the rows' part in it. */
  spectrum(of: SpectrumOf): Promise<RowSpectrum>;
  /** The minimum spanning tree of all rows, or of a seeded sample of 1,000. */
  spanningTree(): Promise<SpanningTree>;
  /** The trees of those rows, of 1,000 at most, without each of eight parts; none of fewer than 32. */
  treesWithout(): Promise<readonly SpanningTree[]>;
  /** Where the rows that answer the queries come among all by cosine; the `answers` must be known. */
  rankings(): Promise<Rankings>;
  /** Mean of the kernel over all pairs i < j, or over those of a sample of the rows. */
  meanKernel(kernel: PairKernel): Promise<Estimate>;
}

/** Some rows of a space, as a space of their own. */
export interface RowSample {
  readonly space: Space;
  /** Which rows these are, ascending; left out where they are all. */
  readonly rows?: Int32Array;
}

/** n independent uniform points on the unit sphere of R^d: what a metric's value is compared with. */
export interface UniformModel {
  readonly n: number;
  readonly d: number;
  readonly engine: Engine;
  /** The lengths that the rows came with, n, for numbers about rows as they came; default: all 1. */
  readonly lengths?: Float64Array | undefined;
  /** The r-th simulated set: n × d, or fewer rows; the same at every call. */
  draw(r: number, rows?: number): Matrix;
  /** The k nearest neighbours in simulated sets; drawn at most once and shared by all metrics. */
  neighborDraws(k: number): Promise<NeighborDraws>;
  /** Eigenvalues under uniform points; found at most once and shared by all metrics. */
  spectra(): Promise<SpectrumDraws>;
  /** Minimum spanning trees of five draws of n points, or of 1,000; found at most once. */
  spanningTrees(): Promise<readonly SpanningTree[]>;
}

/** Eigenvalues of n uniform points, simulated, or one set from the limit law. */
export interface SpectrumDraws {
  /** Of XᵀX/n; largest first. */
  readonly secondMoment: readonly Float64Array[];
  /** Of the covariance. */
  readonly covariance: readonly Float64Array[];
  /** Whether they are simulated. */
  readonly simulated: boolean;
}

/** Simulated sets of uniform points, of n rows each or fewer where n is large. */
export interface NeighborDraws {
  readonly rows: number;
  readonly graphs: readonly KnnGraph[];
}

export interface MetricRunOptions extends RunOptions, RowFacts {
  /** Of samples and of simulated null values. */
  readonly seed?: number;
  /** Neighbours found before: used instead of finding them where they suffice. */
  readonly neighbors?: KnnGraph;
  /** Never sample. Default false. */
  readonly exact?: boolean;
}

export interface MetricSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<Matrix, S, MetricResult, MetricRunOptions>, 'family' | 'compute'> {
  readonly group: MetricGroup;
  /** Written behind values. Default: none. */
  readonly unit?: '°';
  /** What must be known of each row for this number to exist. */
  readonly needs?: keyof RowFacts;
  /** How many neighbours it asks for at its defaults, where more than 10: found once for all metrics. */
  readonly listLength?: number;
  /** The number, from unit rows. */
  readonly measure: (space: Space, options: OptionsOf<S>) => MaybePromise<Measured>;
  /** The same number's law under uniform points; left out, or undefined, where it has none. */
  readonly underUniform?: (
    model: UniformModel,
    options: OptionsOf<S>,
  ) => MaybePromise<NullValue | undefined>;
}

/** Measures any matrix: rows are scaled to unit length first. */
export interface Metric<S extends OptionSpecs = OptionSpecs>
  extends Method<Matrix, S, MetricResult, MetricRunOptions> {
  readonly group: MetricGroup;
  readonly unit: '°' | undefined;
  readonly needs: keyof RowFacts | undefined;
  readonly listLength: number;
  readonly measure: MetricSpec<S>['measure'];
  readonly underUniform: NonNullable<MetricSpec<S>['underUniform']>;
}

// @__NO_SIDE_EFFECTS__
export function defineMetric<const S extends OptionSpecs>(spec: MetricSpec<S>): Metric<S> {
  const { underUniform = () => undefined, group, unit, needs, listLength = 0, ...rest } = spec;
  const { measure: measureKnown, ...header } = rest;
  const measure: typeof measureKnown = (space, options) =>
    needs && !space[needs] ? unknown(needs) : measureKnown(space, options);
  const method = defineMethod<Matrix, S, MetricResult, MetricRunOptions>({
    ...header,
    family: 'metrics',
    async compute(raw, options, run) {
      const { seed = 0, signal } = run.options;
      const { points, norms } = unitRows(spec.id, raw);
      const engine = await run.engineFor(raw);
      const facts = { ...run.options, raw, norms, seed };
      const space = createSpace(points, engine, { signal }, facts);
      const { warnings = [], ...measured } = await measure(space, options);
      if (measured.null) return { ...measured, warnings, engine: engine.name };
      const shape = { n: raw.rows, d: raw.cols, lengths: norms };
      const random = Random.fromSeed(seed).fork('uniform');
      const model = createUniformModel(shape, engine, random, { signal });
      const expected = await underUniform(model, options);
      const known = expected === undefined ? {} : { null: expected };
      return { ...measured, ...known, warnings, engine: engine.name };
    },
  });
  return Object.assign(method, { measure, underUniform, group, unit, needs, listLength });
}

/** What a metric says about rows of which it must know more. */
function unknown(needs: keyof RowFacts): Measured {
  const what =
    needs === 'answers' ? 'queries and rows that answer them' : `the ${needs} of the rows`;
  return { value: NaN, warnings: [`this number needs ${what}.`] };
}
