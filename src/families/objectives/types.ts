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
  /** Settles the options. */
  bind(options?: Partial<OptionsOf<S>>): BoundObjective;
}
