import type { Floats, Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import type { Method, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';

/** Where the rows of an objective lie: unit rows only, or rows of any length such as the outputs of a network. */
export type ObjectiveSpace = 'sphere' | 'euclidean';

/**
 * Loss and gradient, n × d. At unit rows the gradient is that on the sphere, row i tangent at xᵢ; at rows of other
 * lengths, which only Euclidean objectives take, it is the plain one.
 */
export interface LossAndGradient<T extends Floats = Floats> {
  readonly loss: number;
  readonly gradient: Matrix<T>;
  readonly engine: Engine['name'];
}

/** What an objective may use besides the points. */
export interface ObjectiveContext {
  readonly engine: Engine;
  /** The random stream of this step; the same step of the same seed gets the same stream. */
  readonly random: Random;
  /** Row numbers of `points` in the whole set, when `points` is a minibatch. */
  readonly rows?: Int32Array | undefined;
  /** Where each row of `points` started (same shape as `points`). */
  readonly start?: Matrix | undefined;
  /** Class of each row of `points`; −1 for none. */
  readonly classes?: Int32Array | undefined;
  /** Row of `points` that is the other view of each row; −1 for none. */
  readonly partners?: Int32Array | undefined;
  /** Rows of earlier steps, m × d, which count as fixed. */
  readonly buffer?: Matrix | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an objective may use where its points are one part of many. */
export interface PartContext extends ObjectiveContext {
  /** Rows of all parts together. */
  readonly total: number;
  /** The number of the first row of this part among all. */
  readonly firstRow: number;
  /** How many random features stand for a kernel. */
  readonly features: number;
}

/**
 * An objective part by part: what it has to know of all rows is a statistic, numbers of which those of parts make
 * those of all, exactly, whatever the parts are and in whatever order they come.
 */
export interface AdditiveForm<O> {
  /** How many numbers the statistic has for points of d columns. */
  size(cols: number, options: O, features: number): number;
  /** The statistic of some rows, by the random stream of the step. */
  statistic(points: Matrix, options: O, context: PartContext): MaybePromise<Float64Array>;
  /** Takes in the statistic of further rows; without it they are added. */
  readonly merge?: ((all: Float64Array, part: Float64Array) => void) | undefined;
  /**
   * Overwrites `gradient` with the rows that this part has in the gradient of the loss of all rows, and returns the
   * part's share of the loss.
   */
  lossAndGradient(
    points: Matrix,
    options: O,
    statistic: Float64Array,
    gradient: Matrix,
    context: PartContext,
  ): MaybePromise<number>;
}

/** What the terms of a sum have to know of all rows, in their order. */
export type Statistic = readonly Float64Array[];

/** A form, or a weighted sum of forms, with its options settled. */
export interface AdditiveObjective {
  /** How many numbers each term has for points of d columns. */
  sizes(cols: number, features: number): readonly number[];
  statistic(points: Matrix, context: PartContext): Promise<Statistic>;
  /** Takes in the statistic of further rows. */
  merge(all: Statistic, part: Statistic): void;
  lossAndGradient(
    points: Matrix,
    statistic: Statistic,
    gradient: Matrix,
    context: PartContext,
  ): MaybePromise<number>;
}

export interface ObjectiveSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<Matrix, S, LossAndGradient, ObjectiveRunOptions>, 'family' | 'compute'> {
  /** Default: `sphere`. */
  readonly space?: ObjectiveSpace;
  /**
   * Overwrites `gradient` (n × d) with the gradient of the loss at the n rows of `points`, unit rows unless
   * `space` is `euclidean`, and returns the loss. A radial part of the gradient (along xᵢ) is allowed: the
   * sphere drops it.
   */
  readonly lossAndGradient: (
    points: Matrix,
    options: OptionsOf<S>,
    gradient: Matrix,
    context: ObjectiveContext,
  ) => MaybePromise<number>;
  /** Whether `lossAndGradient` gives what its parts give, to the bit: then an optimizer may take the rows in parts. */
  readonly inParts?: ((options: OptionsOf<S>) => boolean) | undefined;
  /** How it is computed part by part, where what it must know of all rows adds up. */
  readonly additive?: AdditiveForm<OptionsOf<S>> | undefined;
}

/** An objective whose options are settled; what optimizers take. */
export interface BoundObjective {
  readonly name: string;
  /** For the recipe: ids, options and weights, enough to build it again. */
  readonly terms: readonly ObjectiveTerm[];
  lossAndGradient(
    points: Matrix,
    gradient: Matrix,
    context: ObjectiveContext,
  ): MaybePromise<number>;
  /** Whether parts give what `lossAndGradient` gives, to the bit. */
  readonly inParts?: boolean | undefined;
  /** Undefined where the loss cannot be computed part by part. */
  readonly additive?: AdditiveObjective | undefined;
}

export interface ObjectiveTerm {
  readonly objective: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly weight: number;
}

export interface ObjectiveRunOptions extends RunOptions {
  readonly seed?: number;
  /** Where each row started; objectives that keep meaning need it. */
  readonly start?: Matrix;
  /** Class of each row; −1 for none. */
  readonly classes?: Int32Array;
  /** Row that is the other view of each row; −1 for none. */
  readonly partners?: Int32Array;
  /** Rows of earlier steps, m × d, which count as fixed. */
  readonly buffer?: Matrix;
}

export interface Objective<S extends OptionSpecs = OptionSpecs>
  extends Method<Matrix, S, LossAndGradient, ObjectiveRunOptions> {
  readonly space: ObjectiveSpace;
  readonly lossAndGradient: ObjectiveSpec<S>['lossAndGradient'];
  readonly additive: ObjectiveSpec<S>['additive'];
  /** Settles the options. */
  bind(options?: Partial<OptionsOf<S>>): BoundObjective;
}
