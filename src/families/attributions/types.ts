import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Engine, EngineName, MaybePromise } from '../../engine/engine.ts';
import type { AnyMethod, Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';

/** A linear layer that stands behind the pooling: x ↦ Wx + β. */
export interface Head {
  /** W, e × d. */
  readonly weights: GivenPoints;
  /** β, e numbers; zeros where left out. */
  readonly bias?: ArrayLike<number> | undefined;
}

/** Numbers that were observed between rows of A and rows of B: ratings of users and items. */
export interface Entries {
  /** Row of A of each. */
  readonly a: ArrayLike<number>;
  /** Row of B of each. */
  readonly b: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** The row of A and the row of B between which the score is; a side that is pooled is left out. */
export interface Query {
  readonly a?: number | undefined;
  readonly b?: number | undefined;
}

/** What is known of tokens besides their vectors. */
export interface Cues {
  /** How much each class looks at each token, p × c, at least 0. */
  readonly attention?: GivenPoints | undefined;
  /** How much tokens look at one another, p × p, at least 0. */
  readonly affinity?: GivenPoints | undefined;
  /** Colour, place and the like, p × f: tokens of one thing are near. */
  readonly features?: GivenPoints | undefined;
}

/** What a score is made of. A method says which of the parts after `b` it needs, and which it takes. */
export interface AttributionInput {
  /** p × d: parts of the first thing, training rows, users or tokens. */
  readonly a: GivenPoints;
  /** q × d: parts of the second thing, the row that is asked about, items or weights of classes. */
  readonly b: GivenPoints;
  readonly head?: Head | undefined;
  readonly entries?: Entries | undefined;
  readonly query?: Query | undefined;
  /** A number for each row of A: what a model was taught about it. */
  readonly targets?: ArrayLike<number> | undefined;
  /** d numbers of a model that was trained before. */
  readonly weights?: ArrayLike<number> | undefined;
  /** A number for each row of B, added to its score. */
  readonly bias?: ArrayLike<number> | undefined;
  readonly cues?: Cues | undefined;
}

export type Part = Exclude<keyof AttributionInput, 'a' | 'b'>;

/** What a method is given: sets as matrices of float64, lists of the right length, rows that exist. */
export interface Parts {
  readonly a: Matrix<Float64Array>;
  readonly b: Matrix<Float64Array>;
  readonly head?: { readonly weights: Matrix<Float64Array>; readonly bias: Float64Array };
  readonly entries?: {
    readonly a: Int32Array;
    readonly b: Int32Array;
    readonly values: Float64Array;
  };
  readonly query: Query;
  readonly targets?: Float64Array;
  readonly weights?: Float64Array;
  readonly bias?: Float64Array;
  readonly cues: { readonly [K in keyof Cues]?: Matrix<Float64Array> };
  /** A as it was given, for engines that are fast on float32. */
  readonly given: Matrix;
}

/** Contribution `values[k]` is of row `a[k]` of A with row `b[k]` of B. */
export interface Contributions {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly values: Float64Array;
}

/** What a method says. */
export interface Split {
  readonly score: number;
  /** What belongs to no part: a bias, a mean. 0 where left out. */
  readonly constant?: number | undefined;
  readonly contributions: Contributions;
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** A score and what it is made of: score = constant + Σ contributions + gap. */
export interface Attributed {
  readonly score: number;
  readonly constant: number;
  readonly contributions: Contributions;
  /** What is missing in the sum: rounding, where the method is exact. */
  readonly gap: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

export interface AttributionContext {
  readonly run: MethodRun;
  readonly engine: Engine;
}

export interface AttributionSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<AttributionInput, S, Attributed, RunOptions>, 'family' | 'compute'> {
  /** Whether contributions sum to the score; what does not says so. Default: true. */
  readonly exact?: boolean;
  /** Parts of the input without which it cannot go. */
  readonly needs?: readonly Part[];
  /** Parts that may be given besides. */
  readonly takes?: readonly Part[];
  /** Which rows `query` must name. */
  readonly asks?: readonly ('a' | 'b')[];
  /** How it is called on the command line. */
  readonly command?: string;
  readonly attribute: (
    parts: Parts,
    options: OptionsOf<S>,
    context: AttributionContext,
  ) => MaybePromise<Split>;
}

interface Described {
  readonly exact: boolean;
  readonly needs: readonly Part[];
  readonly takes: readonly Part[];
  readonly command: string | undefined;
}

/** Splits a score: a self-describing function that also knows whether its parts sum to it. */
export type Attribution<S extends OptionSpecs = OptionSpecs> = Method<
  AttributionInput,
  S,
  Attributed,
  RunOptions
> &
  Described;

export type AnyAttribution = AnyMethod & Described;
