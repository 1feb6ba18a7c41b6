import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { MaybePromise } from '../../engine/engine.ts';
import type { Parameter, Shape, Tensor, TrainOptions } from '../../learning/index.ts';
import type { Method, MethodSpec } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** A weight that is to be made of fewer numbers. */
export interface Weight {
  readonly name: string;
  readonly shape: Shape;
  /** θ₀: its values before anything is trained, a constant. */
  readonly start: Tensor & { readonly data: Floats };
}

/** What a method may use besides the weights and its options. */
export interface BuildContext {
  /** The stream of the method and its seed: fork it by name, so that one weight draws whatever others do. */
  readonly random: Random;
  /** So many zeros of the element type of the weights. */
  readonly numbers: (length: number) => Floats;
}

/** What a method makes of the weights. */
export interface Made {
  /** By the names of weights: a tensor of the weight's shape. Weights without one stay as they are. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** All that is trained, in a fixed order; no name is that of a weight. */
  readonly parameters: readonly Parameter[];
  /** Sentences about what a reader should know. */
  readonly warnings?: readonly string[] | undefined;
}

export interface ParametrizationSpec<S extends OptionSpecs>
  extends Omit<
    MethodSpec<readonly Parameter[], S, SmallerModel>,
    'family' | 'compute' | 'inOrder'
  > {
  /** Whether each tensor is θ₀, to the last digit, before anything is trained; default: yes. */
  readonly isUpdate?: boolean;
  /**
   * Makes tensors for the weights, all of a model at once: one small vector may serve all of them. The weights have one
   * element type and lie on no manifold.
   */
  readonly build: (
    weights: readonly Weight[],
    options: OptionsOf<S & typeof commonOptions>,
    context: BuildContext,
  ) => MaybePromise<Made>;
}

/** What is said of a model whose weights are made of fewer numbers. */
export interface SmallerModel {
  /** What is trained, as it begins. */
  readonly parameters: readonly Parameter[];
  /** Numbers that are trained. */
  readonly trained: number;
  /** Numbers that the model has. */
  readonly of: number;
  /** Names of the weights that are made of them; others stay as they are. */
  readonly adapted: readonly string[];
  readonly warnings: readonly string[];
}

/** A model whose weights are made of fewer numbers. */
export interface Parametrized extends SmallerModel {
  /** The method and its options. */
  readonly by: { readonly id: string; readonly options: Readonly<Record<string, unknown>> };
  /** The weights that the method was given, in their order: θ₀. */
  readonly weights: readonly Weight[];
  /** By name of an adapted weight. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /**
   * The same computation, with the tensors in the place of the model's parameters; parameters that are not adapted are
   * constants in it. One function for all tensors of a step: what they share stays shared.
   */
  readonly substitution: () => (tensor: Tensor) => Tensor;
  /** What `train` gets to move the few numbers alone; held-out values see the weights written out. */
  readonly training: (options: TrainOptions) => TrainOptions;
  /** Gives the model's parameters the values of the tensors, the same bytes on every engine. */
  readonly writeOut: () => Promise<void>;
}

/** A method with its options. */
export interface BoundParametrization {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Makes the weights of a model of fewer numbers. The model's own values are copied. */
  readonly over: (parameters: readonly Parameter[]) => Promise<Parametrized>;
}

export interface Parametrization<S extends OptionSpecs = OptionSpecs>
  extends Method<readonly Parameter[], S & typeof commonOptions, SmallerModel> {
  readonly isUpdate: boolean;
  /** For a run of a learner: `classifier(examples, {}, { start, parametrization: lora.bind({ rank: 4 }) })`. */
  readonly bind: (options?: Partial<OptionsOf<S & typeof commonOptions>>) => BoundParametrization;
}
