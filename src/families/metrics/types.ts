import type { GivenPoints } from '../../core/given-points.ts';
import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { EngineName, MaybePromise } from '../../engine/engine.ts';
import type { Method, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import type { Range } from '../../numerics/statistics/range.ts';
import type { RowFacts, Space } from '../../structures/space/types.ts';
import type { UniformModel } from '../../structures/uniform/uniform-model.ts';
import { family } from './family.ts';

/** The groups of numbers: folders of this one, sections of the report. */
export const METRIC_GROUPS = family.groups;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

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
  /** Numbers that each row has by itself, by name; `value` where it is the metric's own. */
  readonly perRow?: PerRow;
  /** The numbers of which it was made, where there are several: one line each, the same fields. */
  readonly table?: readonly TableLine[];
  /** The law under a null that depends on what was measured: a p-value, permuted classes. */
  readonly null?: NullValue;
}

/** n values by name, in the order of the rows; NaN for a row whose number is not known. */
export type PerRow = Readonly<Record<string, Float64Array>>;

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
  /** Those that were given; the others are at their defaults. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
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
  /** In the order of the rows that were measured. */
  readonly perRow?: PerRow | undefined;
  readonly table?: readonly TableLine[] | undefined;
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
  /** Between which it can lie, of n rows in d columns: intervals end there. Default: anywhere. */
  readonly range?: Range | ((shape: Shape, options: OptionsOf<S>) => Range);
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

interface Shape {
  readonly n: number;
  readonly d: number;
}

/** Measures any matrix: rows are scaled to unit length first. */
export interface Metric<S extends OptionSpecs = OptionSpecs>
  extends Method<GivenPoints, S, MetricResult, MetricRunOptions> {
  readonly group: MetricGroup;
  readonly unit: '°' | undefined;
  readonly needs: keyof RowFacts | undefined;
  readonly listLength: number;
  readonly range: (shape: Shape, options: OptionsOf<S>) => Range;
  readonly measure: MetricSpec<S>['measure'];
  readonly underUniform: NonNullable<MetricSpec<S>['underUniform']>;
}
