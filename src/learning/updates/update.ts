import type { Floats } from '../../core/matrix.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import type { Gradient } from '../tape/evaluate.ts';
import type { Parameter } from '../tape/parameter.ts';

/** What a rule remembers of one parameter, by name: moments, counts. Checkpoints save it. */
export type UpdateState = Readonly<Record<string, Floats>>;

export interface UpdateStep {
  /** 1 for the first step, as in bias corrections. */
  readonly step: number;
  /** The learning rate of this step, the schedule's factor included. */
  readonly rate: number;
  readonly engine: Engine;
}

/** How a parameter follows its gradient: SGD, Adam, … One rule serves many parameters; each has its own state. */
export interface Update {
  /** As in recipes: `adam-w`. */
  readonly name: string;
  /** For recipes: all that its factory was given, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly learningRate: number;
  start(parameter: Parameter): UpdateState;
  /** Changes `parameter.data` and `state` in place. */
  apply(
    parameter: Parameter,
    gradient: Gradient,
    state: UpdateState,
    step: UpdateStep,
  ): MaybePromise<void>;
}
