import type { Floats, Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise } from '../../engine/engine.ts';
import type {
  Checkpoints,
  HeldOut,
  Model,
  ModelSettings,
  Parameter,
  StepDone,
  StoredModel,
  Tensor,
  Update,
  Workspace,
} from '../../learning/index.ts';
import type { Method, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { BoundObjective } from '../objectives/index.ts';
import type { BoundParametrization, Parametrized } from '../parametrizations/types.ts';
import type { ClassCodes } from './support/class-codes.ts';
import type { TableMaker } from './support/clicks/table-methods.ts';
import type { commonOptions } from './support/common-options.ts';

/** What a learner learns from; n of each. */
export interface Examples {
  /** n × d vectors: features, pixels, frozen embeddings. */
  readonly points?: Matrix | undefined;
  /** Vectors of the same things by another description, in columns of their own: texts beside images. */
  readonly others?: Matrix | undefined;
  /** Vectors of the same things by encoders that are to be imitated, n × d each, d of its own. */
  readonly teachers?: readonly Matrix[] | undefined;
  /** The class of each. */
  readonly classes?: readonly string[] | undefined;
  readonly texts?: readonly string[] | undefined;
  /** The text of each in another language, or another text that is to lie beside it. */
  readonly translations?: readonly string[] | undefined;
  /** Fields of words that name things, one value an example: users, items. */
  readonly fields?: readonly CategoryField[] | undefined;
  /** How alike each text and its partner are, as people say: larger is more alike. */
  readonly scores?: readonly number[] | undefined;
  readonly words?: WordVectors | undefined;
  /** Embeddings of the points by an earlier model, n × dim, with which those of the new one are to compare. */
  readonly previous?: Matrix | undefined;
  /** Which rows of `points` have to do with one another. */
  readonly edges?: Edges | undefined;
}

/** Words with a vector each, as GloVe has them. */
export interface WordVectors {
  readonly labels: readonly string[];
  readonly points: Matrix;
}

/** A column of names. */
export interface CategoryField {
  readonly name: string;
  readonly values: readonly string[];
}

/** Edge e joins the rows from[e] and to[e]. */
export interface Edges {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

export type Need = Exclude<keyof Examples, 'previous'>;

/** What a network is made of: all that a saved model holds. */
export interface Network {
  readonly parameters: readonly Parameter[];
  /** Arrays that training changes and no gradient moves: running statistics. */
  readonly also?: Readonly<Record<string, Readonly<Record<string, Floats>>>> | undefined;
}

/** The rows of a step. */
export interface Batch {
  /** Numbers of examples. */
  readonly rows: Int32Array;
  /** From 1. */
  readonly step: number;
  /** Of the whole run. */
  readonly steps: number;
  /** The stream of this step. */
  readonly random: Random;
}

/** What training minimises. */
export interface Task {
  /** Examples to draw batches from. */
  readonly rows: number;
  /** Examples that each step sees, where the batch is not what the options say. */
  readonly perStep?: number | undefined;
  /** Draws the examples of a step; default: each once an epoch, shuffled. */
  readonly batch?: ((step: number, random: Random) => Int32Array) | undefined;
  readonly loss: (batch: Batch) => MaybePromise<LossOfStep>;
  /** A value on examples that no step sees, once an epoch; the parameters with the best stay. */
  readonly heldOut?: TaskValue | undefined;
  /** Called after each step of so many. */
  readonly onStep?:
    | ((
        step: StepDone,
        run: { readonly steps: number; readonly workspace: Workspace },
      ) => MaybePromise<void>)
    | undefined;
  /** How parameters follow their gradients; default: as the common options say. */
  readonly update?: Update | undefined;
  /** Where `onStep` changes or follows parameters itself: what it does, and how it is switched off. */
  readonly movesWeights?: string | undefined;
  /** Numbers about the result, once trained: held-out accuracy, perplexity. */
  readonly report?: (workspace: Workspace) => Promise<Readonly<Record<string, number>>>;
}

export interface TaskValue {
  /** In the report: `validationLoss`. */
  readonly name: string;
  readonly better: HeldOut['better'];
  readonly value: (workspace: Workspace) => Promise<number>;
}

export interface LossOfStep {
  /** One number. */
  readonly loss: Tensor;
  /** The rows, n × d, that `spread` of the run keeps apart: features, or vectors of classes. */
  readonly spread?: Tensor | undefined;
  /** Classes of the rows of `spread`. */
  readonly classes?: Int32Array | undefined;
  readonly report?: Readonly<Record<string, Tensor>> | undefined;
  /** Tensors below the loss whose values `onStep` wants. */
  readonly values?: Readonly<Record<string, Tensor>> | undefined;
}

/** The plain data that a model needs besides its arrays; saved as JSON. */
export type Settings = ModelSettings;

export interface LearnerRunOptions extends RunOptions {
  /** An objective of the catalogue, added to the loss with the weight `spreadWeight`. */
  readonly spread?: BoundObjective | undefined;
  /** Class vectors of an earlier version: its classes keep theirs, new classes take the places that are free. */
  readonly codes?: ClassCodes | undefined;
  /** Makes the table of a learner that has one, in place of its option `table`. */
  readonly table?: TableMaker | undefined;
  /** A model with the same settings; parameters begin with its values. */
  readonly start?: StoredModel | Model | undefined;
  /** Makes the weights of fewer numbers, which alone are trained: `lora.bind({ rank: 4 })`. */
  readonly parametrization?: BoundParametrization | undefined;
  readonly checkpoint?: Checkpoints | undefined;
  /** Goes on from the checkpoint, where there is one. */
  readonly resume?: boolean | undefined;
  /** Called after each step with the network as it is. */
  readonly onStep?: ((step: StepDone, model: Model) => MaybePromise<void>) | undefined;
}

export interface Learned {
  readonly model: Model;
  /** Steps made. */
  readonly steps: number;
  /** Of the last step. */
  readonly loss: number;
  readonly losses: Float64Array;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly engine: EngineName;
  readonly ended: 'steps' | 'patience' | 'signal';
  /** Numbers of the learner's own: held-out accuracy, perplexity. */
  readonly report: Readonly<Record<string, number>>;
  /** The few numbers that were trained, where the run made the weights of them; the model has them written out. */
  readonly parametrized?: Parametrized | undefined;
}

export type LearnerOptions<S extends OptionSpecs> = OptionsOf<S> & OptionsOf<typeof commonOptions>;

/** What a learner says of itself and does. */
export interface LearnerSpec<S extends OptionSpecs, P extends Settings, N extends Network>
  extends Omit<
    MethodSpec<Examples, S, Learned, LearnerRunOptions>,
    'family' | 'compute' | 'inOrder'
  > {
  readonly needs: readonly Need[];
  /** What it can learn from besides. */
  readonly optional?: readonly Need[];
  /** What `encode` needs of the examples. */
  readonly encodes: Need | 'nothing' | readonly Need[];
  /** Whether it has classes that can keep the vectors of an earlier version. */
  readonly takesCodes?: boolean;
  /** Whether it has rows that a dispersion objective can spread; default: yes. */
  readonly takesSpread?: boolean;
  /** Whether it can learn to compare with the embeddings of an earlier model. */
  readonly takesPrevious?: boolean;
  /** Whether it embeds `points` or `others`, one of both at a time. */
  readonly hasSides?: boolean;
  /** Sizes, names, vocabularies: what fixes the network besides its arrays. */
  readonly settle: (
    examples: Examples,
    options: LearnerOptions<S>,
    context: SettleContext,
  ) => MaybePromise<P>;
  /** The network with its first parameters, of the element type of `like`. */
  readonly build: (settings: P, context: BuildContext) => N;
  readonly task: (
    network: N,
    examples: Examples,
    options: LearnerOptions<S>,
    settings: P,
    context: TaskContext,
  ) => MaybePromise<Task>;
  /** Names of the fields of which a model can embed examples besides, where `encodes` is nothing. */
  readonly fieldsOf?: (settings: P) => readonly string[];
  /** How far embeddings of a model with these settings may be cut; default: not at all. */
  readonly cuts?: (settings: P) => Cuts;
  /** The embeddings of examples, n × d, or of what the model has of its own (tokens); columns are cut behind it. */
  readonly encode: (
    network: N,
    examples: Examples,
    settings: P,
    cut: Pick<Cut, 'layer'>,
  ) => MaybePromise<Encoding>;
}

/** A part of an encoder that serves alone: its first blocks, and the first columns of its unit rows. */
export interface Cut {
  /** Blocks that are computed, from 1. */
  readonly layer?: number | undefined;
  /** Columns that are kept, and brought to length 1 again. */
  readonly dims?: number | undefined;
}

export interface Cuts {
  /** Blocks of the model; none where it has no depth to cut. */
  readonly layers?: number | undefined;
  /** Columns of its embeddings, unit rows. */
  readonly dims: number;
  /** The cuts that were trained; left out: any. */
  readonly trained?: readonly Required<Cut>[] | undefined;
}

export interface EmbedOptions {
  readonly engine?: Engine | undefined;
  /** Embeds by a part of the model; default: by all of it. */
  readonly cut?: Cut | undefined;
}

export interface SettleContext {
  readonly random: Random;
  readonly run: RunOptions;
  /** What the run adds to the loss, for heads that start from it. */
  readonly spread?: BoundObjective | undefined;
  readonly codes: ClassCodes | undefined;
  readonly table?: TableMaker | undefined;
}

export interface TaskContext {
  readonly random: Random;
  readonly run: RunOptions;
}

export interface BuildContext {
  readonly random: Random;
  /** An array of the element type that the parameters get. */
  readonly like: Floats;
}

/** Embeddings to be computed: in one tensor, or block by block where the examples are many. */
export interface Encoding {
  readonly rows: number;
  readonly cols: number;
  /** What the rows are called, where they are not examples. */
  readonly labels?: readonly string[] | undefined;
  /** Rows that are computed together at most; default 1,024. */
  readonly atOnce?: number | undefined;
  /** Rows a to b (b excluded). */
  readonly block: (a: number, b: number) => Tensor;
  /** What is made of all rows, where they are not the embeddings yet. */
  readonly finish?: ((rows: Matrix) => Embedded) | undefined;
}

export interface Embedded {
  readonly points: Matrix;
  readonly labels?: readonly string[] | undefined;
  /** Numbers that a model has for each row beside its vector: uncertainty. */
  readonly columns?: Readonly<Record<string, Float64Array>> | undefined;
  /** What is to be known of them: that they were cut as the model was not trained to be. */
  readonly remark?: string | undefined;
}

export interface Learner<S extends OptionSpecs = OptionSpecs>
  extends Method<Examples, S, Learned, LearnerRunOptions> {
  readonly needs: readonly Need[];
  /** What it can learn from besides. */
  readonly optional: readonly Need[];
  /** What embedding needs; nothing where the model has vectors of its own, such as tokens. */
  readonly encodes: readonly Need[];
  readonly takesPrevious: boolean;
  /** Whether it embeds `points` or `others`, one of both at a time. */
  readonly hasSides: boolean;
  /** Names of the fields of which a model can embed examples besides its own vectors. */
  readonly fieldsOf?: ((model: StoredModel) => readonly string[]) | undefined;
  /** The embeddings that a model of this learner gives. */
  embed(model: StoredModel | Model, examples: Examples, run?: EmbedOptions): Promise<Embedded>;
}
