import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise } from '../../engine/engine.ts';
import type {
  LossStep,
  Model,
  ModelSettings,
  Shape,
  StoredModel,
  Tensor,
} from '../../learning/index.ts';
import type { Manifold } from '../../manifolds/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';

/** The weights of a merged model by their names, to build its network of. */
export type MergedWeights = ReadonlyMap<string, Tensor>;

/** Models to be merged: of one kind, with the same settings and tensors. */
export interface MergerInput {
  readonly models: readonly (Model | StoredModel)[];
  /** θ₀, from which they were fine-tuned. */
  readonly base?: Model | StoredModel | undefined;
  /** Settings in whose numbers the models may differ, such as `scaling`: the result has those of the base. */
  readonly settingsOfBase?: readonly string[] | undefined;
  /** For what learns: one number that says without labels how bad merged weights are on the rows of a step. */
  readonly loss?: ((weights: MergedWeights, step: LossStep) => MaybePromise<Tensor>) | undefined;
  /** The same on rows that no step sees; the step where it is lowest is kept, the start included. */
  readonly heldOut?: ((weights: MergedWeights) => MaybePromise<Tensor>) | undefined;
}

/** A tensor as the base and each model have it. */
export interface TensorVersions {
  readonly name: string;
  readonly shape: Shape;
  /** Where its rows live. */
  readonly manifold?: Manifold | undefined;
  /** θ₀; zeros where no base was given. */
  readonly base: Floats;
  /** θ_i of each model. */
  readonly models: readonly Floats[];
}

/** All that merging knows of the models, in an order that does not depend on the one in which they were given. */
export interface Versions {
  readonly kind: string;
  readonly settings: ModelSettings;
  readonly tensors: readonly TensorVersions[];
  /** Running statistics and the like, which no gradient moved. */
  readonly also: readonly TensorVersions[];
  /** What each model is called. */
  readonly names: readonly string[];
  /** Undefined where none was given. */
  readonly baseName: string | undefined;
  /** The place among the models given of each. */
  readonly places: readonly number[];
  readonly warnings: readonly string[];
}

export interface MergeContext extends Pick<MergerInput, 'loss' | 'heldOut'> {
  /** Where what is learned is computed. */
  readonly engine: () => Promise<Engine>;
  /** The stream of the method and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
}

/** What a method says the merged numbers of each tensor are, by name. */
export interface MergeResult {
  readonly weights: ReadonlyMap<string, ArrayLike<number>>;
  readonly facts?: Readonly<Record<string, number>> | undefined;
}

export interface MergerSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<MergerInput, S, Merged, RunOptions>, 'family' | 'compute'> {
  /** Whether it needs θ₀. */
  readonly needsBase: boolean;
  /** Whether it needs a loss on the tape. */
  readonly learns?: boolean;
  readonly merge: (
    versions: Versions,
    options: OptionsOf<S>,
    context: MergeContext,
  ) => MaybePromise<MergeResult>;
}

/** How models get into one another's way. */
export interface Interference {
  /**
   * Of the numbers that two models or more moved, the share that some moved up and others down; null without a base, or
   * where there are none.
   */
  readonly signConflicts: number | null;
  /** Cosine of the task vectors θ_i − θ₀ of models i and j (without a base of θ_i and θ_j); null where one is zero. */
  readonly cosines: readonly (readonly (number | null)[])[];
  /** Of each model; null without a base. */
  readonly fromBase: readonly FromBase[] | null;
}

/** How far a model is from the base. */
export interface FromBase {
  /** Cosine of θ_i and θ₀, all numbers together; null where one is zero. */
  readonly cosine: number | null;
  /** ‖θ_i − θ₀‖/‖θ₀‖; null where θ₀ is zero. */
  readonly distance: number | null;
}

export interface Merged {
  readonly model: Model;
  /** Models that went in. */
  readonly models: number;
  readonly interference: Interference;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  /** Of what learns. */
  readonly engine: EngineName | undefined;
}

export interface Merger<S extends OptionSpecs = OptionSpecs>
  extends Method<MergerInput, S, Merged, RunOptions> {
  readonly needsBase: boolean;
  readonly learns: boolean;
}
