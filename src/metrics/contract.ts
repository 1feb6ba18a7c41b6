import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import type { Engine, EngineName, MaybePromise } from '../engine/engine.ts';
import type { PairKernel } from '../kernels/pairwise-energy/contract.ts';
import { defineMethod, type Method, type MethodSpec, type RunOptions } from '../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../method/options.ts';
import { createSpace } from './shared/space.ts';
import { createUniformModel } from './shared/uniform-model.ts';

/** A value under a null model: uniform random points of the same n and d. */
export interface NullValue {
  /** Mean or median of the null law, as `how` says. */
  readonly value: number;
  /** 95 % of the null law lies between. */
  readonly low?: number;
  readonly high?: number;
  /** 'exact', 'asymptotic' or 'simulated', and what: one phrase. */
  readonly how: string;
}

/** What a metric says about one set of points. */
export interface Measured {
  /** NaN where the number does not exist (no pair in one row); a warning then says why. */
  readonly value: number;
  /** 95 % interval of the value, where it is estimated from a sample. */
  readonly low?: number;
  readonly high?: number;
  readonly warnings?: readonly string[];
}

export interface MetricResult extends Measured {
  /** Left out where uniform points have no such number either. */
  readonly null?: NullValue;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/**
 * Unit rows with the expensive facts about them, each computed at most once and shared by all
 * metrics: neighbours, Gram matrix, pair sums.
 */
export interface Space {
  readonly points: Matrix;
  readonly engine: Engine;
  /** The k nearest neighbours of every row; a larger k computed before answers a smaller one. */
  nearest(k: number): Promise<KnnGraph>;
  /** XᵀX, d × d. */
  gram(): Promise<Matrix<Float64Array>>;
  /** The min(n, d) singular values of the points, largest first. */
  singularValues(): Promise<Float64Array>;
  /** Mean of the kernel over all pairs i < j. */
  meanKernel(kernel: PairKernel): Promise<number>;
}

/** n independent uniform points on the unit sphere of R^d: what a metric's value is compared with. */
export interface UniformModel {
  readonly n: number;
  readonly d: number;
  readonly engine: Engine;
  /** The r-th simulated set: n × d, the same at every call. */
  draw(r: number): Matrix;
  /** The k nearest neighbours in simulated sets; drawn at most once and shared by all metrics. */
  neighborDraws(k: number): Promise<NeighborDraws>;
}

/** Simulated sets of uniform points, of n rows each or fewer where n is large. */
export interface NeighborDraws {
  readonly rows: number;
  readonly graphs: readonly KnnGraph[];
}

export interface MetricRunOptions extends RunOptions {
  /** Of the simulated null values; the metric itself draws nothing. */
  readonly seed?: number;
}

export interface MetricSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<Matrix, S, MetricResult, MetricRunOptions>, 'family' | 'compute'> {
  /** The number, from unit rows. */
  readonly measure: (space: Space, options: OptionsOf<S>) => MaybePromise<Measured>;
  /** The same number's law under uniform points; undefined where it has none. */
  readonly underUniform: (
    model: UniformModel,
    options: OptionsOf<S>,
  ) => MaybePromise<NullValue | undefined>;
}

/** Measures any matrix: rows are scaled to unit length first. */
export interface Metric<S extends OptionSpecs = OptionSpecs>
  extends Method<Matrix, S, MetricResult, MetricRunOptions> {
  readonly measure: MetricSpec<S>['measure'];
  readonly underUniform: MetricSpec<S>['underUniform'];
}

// @__NO_SIDE_EFFECTS__
export function defineMetric<const S extends OptionSpecs>(spec: MetricSpec<S>): Metric<S> {
  const { measure, underUniform, ...header } = spec;
  const method = defineMethod<Matrix, S, MetricResult, MetricRunOptions>({
    ...header,
    family: 'metrics',
    async compute(points, options, run) {
      const { seed = 0, signal } = run.options;
      const unit = unitRows(spec.id, points).points;
      const engine = await run.engineFor(points);
      const { warnings = [], ...measured } = await measure(
        createSpace(unit, engine, { signal }),
        options,
      );
      const shape = { n: points.rows, d: points.cols };
      const random = Random.fromSeed(seed).fork('uniform');
      const model = createUniformModel(shape, engine, random, { signal });
      const expected = await underUniform(model, options);
      const known = expected === undefined ? {} : { null: expected };
      return { ...measured, ...known, warnings, engine: engine.name };
    },
  });
  return Object.assign(method, { measure, underUniform });
}
