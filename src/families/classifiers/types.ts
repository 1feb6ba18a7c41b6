import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Fitted, Model, StoredModel } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** "canary is-a bird": a class, a relation, a class. */
export type ClassRelation = readonly [from: string, relation: string, to: string];

/** What is known of classes, those included that no training row has. */
export interface ClassKnowledge {
  /** C of them, each once; every class of the training rows is among them. */
  readonly names: readonly string[];
  /** C × a: word vectors of the names, or attributes. */
  readonly vectors?: GivenPoints | undefined;
  /** C × C, symmetric, 0 on the diagonal: a metric of the labels. */
  readonly distances?: GivenPoints | undefined;
  readonly relations?: readonly ClassRelation[] | undefined;
}

export type KnownOfClasses = Exclude<keyof ClassKnowledge, 'names'>;

export interface ClassifierInput {
  /** n × d. */
  readonly points: GivenPoints;
  /** The class of each row. */
  readonly classes: readonly string[];
  readonly about?: ClassKnowledge | undefined;
}

/** What a fit is given. */
export interface LabeledRows {
  /** n × d, in an order that the input's own order does not decide. */
  readonly points: Matrix;
  /** The place of each row's class in `names`, below `seen`. */
  readonly of: Int32Array;
  /** Classes of the rows in the order of their names, then the others in the order of theirs. */
  readonly names: readonly string[];
  /** Classes that rows have. */
  readonly seen: number;
  /** The row of the input that each row is. */
  readonly order: Int32Array;
  /** Of `names` and in their order, in float64. */
  readonly about: AboutClasses;
}

export interface AboutClasses {
  /** C × a. */
  readonly vectors?: Matrix<Float64Array> | undefined;
  /** C × C. */
  readonly distances?: Matrix<Float64Array> | undefined;
  readonly relations?: readonly ClassRelation[] | undefined;
}

export interface FitContext {
  readonly engine: Engine;
  /** The stream of the method and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
}

export interface Fit extends Fitted {
  /** Numbers about the fit. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** A fitted classifier as its `score` sees it. */
export interface FittedClasses extends Fitted {
  readonly names: readonly string[];
  readonly seen: number;
}

export interface ClassifierSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<ClassifierInput, S, Classified, RunOptions>, 'family' | 'compute'> {
  /** Fewest classes that rows have to have; default 2. */
  readonly fewestClasses?: number;
  /** What it has to know of the classes. Default: nothing. */
  readonly knows?: readonly KnownOfClasses[];
  /** What it uses where it is given. */
  readonly mayKnow?: readonly KnownOfClasses[];
  readonly fit: (
    rows: LabeledRows,
    options: OptionsOf<S & typeof commonOptions>,
    context: FitContext,
  ) => MaybePromise<Fit>;
  /** r × C in the order of `names`, the larger the likelier. Each row as if it were alone. */
  readonly score: (
    fitted: FittedClasses,
    rows: Matrix,
    context: Pick<FitContext, 'engine' | 'work'>,
  ) => MaybePromise<Matrix<Float64Array>>;
  /** Whether the scores of a row are probabilities. */
  readonly gives: 'probabilities' | 'scores';
}

export interface Classified {
  /** What `scores` and `predict` take and a file holds. */
  readonly model: Model;
  /** The classes it gives scores for: those of the rows in the order of their names, then those only known of. */
  readonly names: readonly string[];
  /** How many of them rows have. */
  readonly seen: number;
  /** Rows it was fitted to. */
  readonly rows: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** Scores of rows for classes. */
export interface ClassScores {
  readonly names: readonly string[];
  /** How many of the names the training rows have: the first ones. */
  readonly seen: number;
  /** r × C. */
  readonly scores: Matrix<Float64Array>;
}

export interface Predicted extends ClassScores {
  /** The class of each row's largest score; of equal ones the first in `names`. */
  readonly classes: readonly string[];
}

export interface ScoreOptions extends RunOptions {
  /** Among which classes `predict` chooses; default: all. */
  readonly among?: 'all' | 'seen' | 'unseen' | undefined;
}

export interface Classifier<S extends OptionSpecs = OptionSpecs>
  extends Method<ClassifierInput, S & typeof commonOptions, Classified, RunOptions> {
  readonly gives: 'probabilities' | 'scores';
  readonly knows: readonly KnownOfClasses[];
  readonly mayKnow: readonly KnownOfClasses[];
  scores(model: StoredModel | Model, rows: GivenPoints, run?: RunOptions): Promise<ClassScores>;
  predict(model: StoredModel | Model, rows: GivenPoints, run?: ScoreOptions): Promise<Predicted>;
}
