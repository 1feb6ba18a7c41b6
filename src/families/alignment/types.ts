import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Fitted, Model, StoredModel } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** Row a[p] of one space and row b[p] of the other are about the same thing. */
export interface RowPairs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** Two spaces, and which rows belong together. */
export interface AlignmentInput {
  /** n × d. */
  readonly a: GivenPoints;
  /** m × e. */
  readonly b: GivenPoints;
  /** Left out: row i belongs to row i, where both have as many. A method without need of pairs ignores them. */
  readonly pairs?: RowPairs | undefined;
}

export type Side = 'a' | 'b';

/** What a fit is given. */
export interface Spaces {
  /** All rows of each space, n × d and m × e. */
  readonly a: Matrix;
  readonly b: Matrix;
  /** The rows that belong together, p × d and p × e; no rows where there are no pairs. */
  readonly paired: { readonly a: Matrix; readonly b: Matrix };
  readonly pairs: { readonly a: Int32Array; readonly b: Int32Array };
}

export interface FitContext {
  readonly engine: Engine;
  /** The stream of the method and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
}

export interface Fit extends Fitted {
  /** Numbers about the fit: residual, chosen ridge, rank. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

export interface AlignmentSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<AlignmentInput, S, Aligned, RunOptions>, 'family' | 'compute'> {
  /** Fewest pairs it needs; 0 for methods that find the correspondence themselves. */
  readonly fewestPairs: number;
  /** Where rows of A go: into the space of B, or both into a space between, where rows of B are moved too. */
  readonly into: 'b' | 'between';
  readonly fit: (
    spaces: Spaces,
    options: OptionsOf<S & typeof commonOptions>,
    context: FitContext,
  ) => MaybePromise<Fit>;
  /**
   * Where rows of one side go: r × d → r × f. Each row as if it were alone. Where rows of A go into the space of B, rows
   * of B stay and are not asked for.
   */
  readonly move: (
    fitted: Fitted,
    rows: Matrix,
    side: Side,
    context: Pick<FitContext, 'engine' | 'work'>,
  ) => MaybePromise<Matrix>;
}

/** A bridge from one space to another. */
export interface Aligned {
  /** What `transform` takes and a file holds. */
  readonly model: Model;
  /** Pairs it was fitted to. */
  readonly pairs: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

export interface Alignment<S extends OptionSpecs = OptionSpecs>
  extends Method<AlignmentInput, S & typeof commonOptions, Aligned, RunOptions> {
  readonly into: 'b' | 'between';
  readonly fewestPairs: number;
  /** Rows of one side where they can be compared with those of the other: r × f. */
  transform(
    model: StoredModel | Model,
    rows: GivenPoints,
    side?: Side,
    run?: RunOptions,
  ): Promise<Matrix>;
}
