import type { MetricRow } from '../../families/metrics/types.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import type { Finding } from '../doctor/contract.ts';
import { FIELD_METRICS, MEASURE_FIELDS, type MeasureField } from '../doctor/fields.ts';

export { FIELD_METRICS, MEASURE_FIELDS, type MeasureField };

/** What `measure` found in one set of points; null where a number does not exist (one row, say). */
export interface Measurement extends Readonly<Record<MeasureField, number | null>> {
  readonly n: number;
  readonly d: number;
  readonly engine: string;
  readonly seconds: number;
}

/** The same numbers for uniform random points of the same n and d. */
export type Nulls = Readonly<Partial<Record<MeasureField, NullValue>>>;

/** Any list of numbers: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/** Counts of angles before and after in the same bins, and the exact law of uniform points. */
export interface AngleHistograms {
  /** Bin edges in degrees, increasing, one more than there are bins. */
  readonly edgesDeg: Numbers;
  readonly before: Numbers;
  readonly after?: Numbers | undefined;
  /** Density per degree on a grid in degrees, for uniform random points; drawn as a curve. */
  readonly nullDensity?: { readonly angleDeg: Numbers; readonly density: Numbers } | undefined;
  /** True where the counts come from a sample of the pairs: how many were looked at. */
  readonly sampled?: number | undefined;
}

/** Singular values of the n × d unit rows (not centered), decreasing. */
export interface Spectrum {
  readonly before: Numbers;
  readonly after?: Numbers | undefined;
}

export interface LossHistory {
  /** Id of what was minimised, with its weights, in a few words: it names the axis. */
  readonly name: string;
  readonly steps: Numbers;
  readonly losses: Numbers;
}

/** A sample of the points for the picture on a sphere: row i is (x, y, z) of unit length. */
export interface SphereSample {
  readonly labels: readonly string[];
  /** k × 3, row-major. */
  readonly before: Numbers;
  readonly after?: Numbers | undefined;
  /** How three dimensions were taken from d: one phrase, as in "the first three principal axes". */
  readonly projection: string;
  /** Share of the squared length that the projection keeps, before and after, in [0, 1]. */
  readonly keptBefore?: number | undefined;
  readonly keptAfter?: number | undefined;
}

export interface NeighborChange {
  readonly label: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** How many of the neighbours are in both lists. */
  readonly overlap: number;
}

export interface NeighborChanges {
  readonly k: number;
  /** Mean overlap over all rows looked at, of k. */
  readonly meanOverlap?: number | undefined;
  /** Which rows were looked at: one phrase, as in "the 10,000 most frequent words". */
  readonly among?: string | undefined;
  readonly rows: readonly NeighborChange[];
}

export interface Hub {
  readonly label: string;
  /** For how many rows it is among the k nearest neighbours. */
  readonly count: number;
}

export interface Hubs {
  readonly k: number;
  readonly before: readonly Hub[];
  readonly after?: readonly Hub[] | undefined;
}

/** One way to treat the vectors and what it scores on each set. */
export interface Treatment {
  readonly name: string;
  /** The report's own before and after are marked as such. */
  readonly role?: 'before' | 'after' | 'baseline' | undefined;
  /** One score for each set; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly hubnessSkewness?: number | null | undefined;
}

export interface Baselines {
  /** What a score is: "Spearman correlation with human similarity ratings". */
  readonly score: string;
  /** Names of the sets, one for each value. */
  readonly sets: readonly string[];
  readonly treatments: readonly Treatment[];
  /** Anything a reader must know to judge the comparison: one or two sentences. */
  readonly note?: string | undefined;
}

/** Everything the report shows. Only plain data: the same data gives the same bytes. */
export interface ReportData {
  readonly title: string;
  /** Name of the file or data set. */
  readonly source: string;
  readonly n: number;
  readonly d: number;
  readonly engine: string;
  /** Wall time of the whole job. */
  readonly seconds: number;
  /** Name → version of what ran: tammes, node. */
  readonly versions: Readonly<Record<string, string>>;
  /** What was done to the points: "uniformity + 0.3 fidelity, 600 steps of riemannian-adam". */
  readonly treatment?: string | undefined;
  readonly before: Measurement;
  readonly after?: Measurement | undefined;
  readonly nulls: Nulls;
  /** How far rows moved from where they started. */
  readonly moved?: { readonly meanAngleDeg: number; readonly meanCosine: number } | undefined;
  readonly pairwise?: AngleHistograms | undefined;
  readonly nearest?: AngleHistograms | undefined;
  readonly spectrum?: Spectrum | undefined;
  readonly loss?: LossHistory | undefined;
  /** At most 2,000 points. */
  readonly sphere?: SphereSample | undefined;
  readonly neighbors?: NeighborChanges | undefined;
  readonly hubs?: Hubs | undefined;
  readonly baselines?: Baselines | undefined;
  /** Every measured number, family by family. */
  readonly metrics?: readonly MetricRow[] | undefined;
  /** What the doctor found; left out where it was not asked. */
  readonly findings?: readonly Finding[] | undefined;
  /** Repeats the run; shown as JSON. */
  readonly recipe?: unknown;
  /** Warnings and facts about the data that a reader must know, each one sentence. */
  readonly notes?: readonly string[] | undefined;
}
