import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { Directions } from '../../structures/directions/index.ts';
import type { commonOptions } from './support/common-options.ts';

/** What is known of the rows that directions are fitted to; each method says what it needs. */
export interface DirectionsInput {
  /** n × d. */
  readonly points: GivenPoints;
  /** n, the class of each row. */
  readonly classes?: readonly string[] | undefined;
  /** n, a number for each row. */
  readonly scores?: ArrayLike<number> | undefined;
  /** Rows a[p] and b[p] differ by the concept alone: the direction goes from a to b. */
  readonly pairs?: RowPairs | undefined;
  /** Rows at the two ends of the direction, which goes from low to high. */
  readonly ends?: Ends | undefined;
  /** Sums of words, one a direction: `king - man + woman`; words are the labels of rows. */
  readonly formulas?: readonly string[] | undefined;
  /** n, the names of the rows. */
  readonly labels?: readonly string[] | undefined;
  /** n values a factor, by the name of the factor: rows are cells of a grid. */
  readonly factors?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Named concepts, as the same model embeds their names. */
  readonly concepts?: GivenConcepts | undefined;
  /** What the direction is called; left out: by the method. */
  readonly name?: string | undefined;
  /** The file of the rows. */
  readonly source?: string | undefined;
}

export interface GivenConcepts {
  readonly names: readonly string[];
  /** c × d, a row for each name. */
  readonly points: GivenPoints;
  /** The name of the more general concept of each, empty at a root; left out: there is no tree. */
  readonly parents?: readonly string[] | undefined;
}

/** Concepts, checked: c × d, of the number type of the points, and the place of the parent of each, −1 at a root. */
export interface ConceptList {
  readonly names: readonly string[];
  readonly points: Matrix;
  readonly parents?: Int32Array | undefined;
}

export interface RowPairs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

export interface Ends {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** What a method may be fitted to besides the points. */
export type Need =
  | 'classes'
  | 'scores'
  | 'pairs'
  | 'ends'
  | 'formulas'
  | 'labels'
  | 'factors'
  | 'concepts';

/** Classes by number. */
export interface ClassList {
  /** k, in alphabetical order. */
  readonly names: readonly string[];
  /** n, places in `names`. */
  readonly of: Int32Array;
}

/** What a fit is given: checked; in a draw, rows (or pairs, or rows of the ends) drawn anew. */
export interface Sample {
  readonly points: Matrix;
  readonly classes?: ClassList | undefined;
  readonly scores?: Float64Array | undefined;
  readonly pairs?: { readonly a: Int32Array; readonly b: Int32Array } | undefined;
  readonly ends?: { readonly low: Int32Array; readonly high: Int32Array } | undefined;
  readonly formulas?: readonly string[] | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly factors?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly concepts?: ConceptList | undefined;
  readonly name?: string | undefined;
}

export interface FitContext {
  readonly engine: Engine;
  /** The stream of the method and its seed; of a draw, a fork of it. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
  /** Whether rows are drawn anew: what is fitted tells a spread, and two digits do. */
  readonly isDraw: boolean;
  /** In a draw: what the fit to all rows chose, so that it need not choose again. */
  readonly chosen?: Readonly<Record<string, number>> | undefined;
}

export interface DirectionsFit {
  /** k × d, rows of any length above 0; they are brought to length 1. */
  readonly basis: Matrix;
  /** k. */
  readonly names: readonly string[];
  /** d, where projections are 0; left out: the mean row. */
  readonly origin?: Float64Array | undefined;
  /** Numbers chosen by the data: a penalty, a share of shrinking. Draws are given them; files keep them as facts. */
  readonly chosen?: Readonly<Record<string, number>> | undefined;
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

export interface DirectionsSpec<S extends OptionSpecs>
  extends Omit<
    MethodSpec<DirectionsInput, S, DirectionsResult, DirectionsRunOptions>,
    'family' | 'compute'
  > {
  /** What it is fitted to: one of these, the first that is given. None: the points alone. */
  readonly needs: readonly Need[];
  /** What draws draw anew; left out: `pairs` or `ends` where it is fitted to them, none for formulas, else rows. */
  readonly resamples?: 'rows' | 'pairs' | 'ends' | 'none' | undefined;
  /** Whether a direction and its opposite are the same to it: draws are turned to the side of the basis. */
  readonly isSignless?: boolean | undefined;
  /** Whether directions of a rotated space are the rotated directions; left out: yes. */
  readonly turnsAlong?: boolean | undefined;
  readonly fit: (
    sample: Sample,
    options: OptionsOf<S & typeof commonOptions>,
    context: FitContext,
  ) => MaybePromise<DirectionsFit>;
}

export interface DirectionsRunOptions extends RunOptions {
  /** No strength beside random directions among the facts: who fits many judges them otherwise. */
  readonly isPlain?: boolean | undefined;
}

export interface DirectionsResult {
  readonly directions: Directions;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** A way from labeled rows to directions. */
export interface DirectionsMethod<S extends OptionSpecs = OptionSpecs>
  extends Method<
    DirectionsInput,
    S & typeof commonOptions,
    DirectionsResult,
    DirectionsRunOptions
  > {
  readonly needs: readonly Need[];
  readonly turnsAlong: boolean;
}
