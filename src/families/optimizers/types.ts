import type { Floats, Matrix } from '../../core/matrix.ts';
import type { EngineName, MaybePromise } from '../../engine/engine.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import type { Method, RunOptions } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import type { BoundObjective, ObjectiveContext } from '../objectives/types.ts';

/** What an optimizer minimises: an objective over n points of a manifold, from a start. */
export interface Problem<T extends Floats = Floats> {
  readonly objective: BoundObjective;
  readonly manifold: Manifold;
  /** n × d; not changed. */
  readonly start: Matrix<T>;
  /** Class of each row; −1 for none. */
  readonly classes?: ObjectiveContext['classes'];
  /** Row that is the other view of each row; −1 for none. A minibatch draws rows with their partners. */
  readonly partners?: ObjectiveContext['partners'];
}

/** One recorded value of the loss: of the step's minibatch, or of all rows. */
export interface HistoryEntry {
  readonly step: number;
  readonly loss: number;
  /** Norm of the Riemannian gradient per row, root mean square over the rows of the step. */
  readonly gradientNorm: number;
}

export interface OptimizerResult<T extends Floats = Floats> {
  readonly points: Matrix<T>;
  readonly loss: number;
  readonly history: readonly HistoryEntry[];
  readonly iterations: number;
  /** `paused`: at `until`, before the last step. */
  readonly stop: 'converged' | 'max-iterations' | 'stalled' | 'paused';
  readonly stepsPerSecond: number;
  /** Which rows move at a step: all (`dense`) or those of the batch (`lazy`). */
  readonly update: 'dense' | 'lazy';
  readonly engine: EngineName;
}

/**
 * Everything needed to go on after `step` steps and end in the same bytes as without the break:
 * the arrays as they stand (deferred motion not flushed), never a re-computation.
 */
export interface OptimizerState {
  readonly optimizer: string;
  readonly step: number;
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array | Int32Array>>;
  readonly history: readonly HistoryEntry[];
}

/** Where the points are between two steps. */
export interface StepReached extends HistoryEntry {
  /** A copy of all points. */
  readonly points: () => Promise<Matrix>;
}

export interface OptimizerRunOptions extends RunOptions {
  /** Stops after this step, in the same bytes as a run that is interrupted there; rates are still those of all steps. */
  readonly until?: number | undefined;
  /** Called after each step and waited for: the next one begins when it has returned. */
  readonly onStep?: ((reached: StepReached) => MaybePromise<void>) | undefined;
  /** Go on from here instead of from the problem's start. */
  readonly resume?: OptimizerState | undefined;
  /** Called between steps with a function that copies the state; call it to write a checkpoint. */
  readonly onCheckpoint?: ((step: number, state: () => OptimizerState) => void) | undefined;
}

export type Optimizer<S extends OptionSpecs = OptionSpecs> = Method<
  Problem,
  S,
  OptimizerResult,
  OptimizerRunOptions
>;
