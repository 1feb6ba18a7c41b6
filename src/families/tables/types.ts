import type { Floats, Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { MaybePromise } from '../../engine/engine.ts';
import type { NamedArray } from '../../io/tensors.ts';
import type { Model, ModelSettings, Parameter, StoredModel, Tensor } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** A kind of thing with ids 0 … size − 1: users, items, words. */
export interface Field {
  readonly name: string;
  readonly size: number;
  /**
   * How often each id comes in training, for tables that give frequent ids more. Ids go from the most frequent on, so
   * that no table of places is needed: `byFrequency` numbers them so.
   */
  readonly counts?: ArrayLike<number> | undefined;
  /** Vectors of the ids that are known already, size × dim: what ids are alike, for tables that can use it. */
  readonly vectors?: Matrix | undefined;
}

export interface Fields {
  readonly fields: readonly Field[];
}

/** What a lookup in training may use: masks and rounding that are drawn. */
export interface TrainingPass {
  /** From 1. */
  readonly step: number;
  /** Of the whole run, for tables that are trained in stages. */
  readonly steps?: number | undefined;
  readonly random: Random;
}

/** What a table does while it is trained and used. */
export interface TableNetwork {
  readonly parameters: readonly Parameter[];
  /** Arrays that no gradient moves and that looking up needs: places, levels, masks. */
  readonly also?: Readonly<Record<string, Readonly<Record<string, Floats>>>> | undefined;
  /**
   * The vectors of ids of one field, n × dim.
   *
   * @param field its place among the fields that the method was given
   * @param training in a step of training alone
   */
  readonly lookup: (field: number, ids: ArrayLike<number>, training?: TrainingPass) => Tensor;
  /** One number, added to the loss of each step. */
  readonly penalty?: (() => Tensor) | undefined;
  /**
   * Called after each step: to round, to cut.
   *
   * @param heldOutLoss of the whole model with the table as it is, where examples were kept for validation
   */
  readonly afterStep?:
    | ((pass: TrainingPass, heldOutLoss?: () => Promise<number>) => MaybePromise<void>)
    | undefined;
  /** Whether what will be stored is still looked for: no state until then can be the best one of a training. */
  readonly isSearching?: (() => boolean) | undefined;
  /** The arrays that are stored to look ids up, where these are not the parameters and `also`. */
  readonly pack?: (() => readonly NamedArray[]) | undefined;
  /** The way back: fills parameters and `also`. */
  readonly unpack?: ((arrays: ReadonlyMap<string, NamedArray>) => void) | undefined;
}

export interface PlanContext {
  /** Bytes that the table may hold. */
  readonly bytes: number;
  /** Columns of the vectors. */
  readonly dim: number;
  /** The stream of the method and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
}

export interface NetworkContext {
  readonly fields: readonly Pick<Field, 'name' | 'size'>[];
  readonly dim: number;
  /** Standard deviation that vectors begin with, about. */
  readonly deviation: number;
  readonly seed: number;
  /** The stream of the method and its seed; the same each time a network is built. */
  readonly random: Random;
  /** An array of the element type that the parameters get. */
  readonly like: Floats;
}

export interface TableSpec<S extends OptionSpecs, P extends ModelSettings>
  extends Omit<MethodSpec<Fields, S, Table>, 'family' | 'compute'> {
  /** Whether ids must go from the most frequent on, with counts. */
  readonly byFrequency?: boolean;
  /**
   * Sizes of what is built so that all of it, indices too, has at most `bytes`; as large as they can be. Where even the
   * smallest has more, `tooFewBytes` says so.
   */
  readonly plan: (
    fields: readonly Field[],
    options: OptionsOf<S & typeof commonOptions>,
    context: PlanContext,
  ) => MaybePromise<P>;
  /** The table with its first values: they depend on the seed alone. */
  readonly build: (plan: P, context: NetworkContext) => TableNetwork;
  /** What training starts from besides: places by known vectors. Called once, on a new table. */
  readonly start?: (
    network: TableNetwork,
    fields: readonly Field[],
    options: OptionsOf<S & typeof commonOptions>,
    context: PlanContext,
  ) => MaybePromise<void>;
  /** Numbers about a planned table: rows, ranks, how many ids share a vector. */
  readonly facts?: (
    plan: P,
    fields: readonly Pick<Field, 'name' | 'size'>[],
  ) => Readonly<Record<string, number>>;
}

/** Vectors of the ids of all fields, ready to be trained and looked up. */
export interface Table {
  /** Of the method. */
  readonly id: string;
  readonly fields: readonly Pick<Field, 'name' | 'size'>[];
  readonly dim: number;
  /** What a file holds of it to train on. */
  readonly model: Model;
  readonly network: TableNetwork;
  /**
   * The vectors of ids of one field on the tape, n × dim.
   *
   * @param field its name or its place
   */
  lookup(field: string | number, ids: ArrayLike<number>, training?: TrainingPass): Tensor;
  /** The vectors of ids of one field, of all where none are given. */
  vectors(field: string | number, ids?: ArrayLike<number>, run?: RunOptions): Promise<Matrix>;
  /** The arrays that are stored to look ids up, as they are now. */
  snapshot(): readonly NamedArray[];
  /** Puts the arrays of a snapshot of an equal table in place. */
  take(snapshot: readonly NamedArray[]): void;
  /** Of the snapshot. */
  readonly bytes: number;
  /** Of a row of `dim` float32 for every id. */
  readonly fullBytes: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export interface TableMethod<S extends OptionSpecs = OptionSpecs>
  extends Method<Fields, S & typeof commonOptions, Table> {
  /** The table that these settings describe, with its first values; `like` has the element type. */
  built(settings: ModelSettings, like?: Floats): Table;
  /** A saved table of this kind. */
  ready(model: StoredModel | Model): Promise<Table>;
}
