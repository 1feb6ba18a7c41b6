import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Fitted, Model, StoredModel } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { Directions } from '../../structures/directions/index.ts';
import type { Concept } from './support/concept.ts';

/** Rows, and what says which concept is to go. Each method names what it needs. */
export interface ErasureInput {
  /** n × d. */
  readonly points: GivenPoints;
  /** The concept of each row, n. */
  readonly classes?: readonly string[] | undefined;
  /** What is to be kept of each row, n; of use to few methods, needed by none. */
  readonly kept?: readonly string[] | undefined;
  /** Directions of the same space. */
  readonly directions?: Directions | undefined;
  /** The same rows with what is to go in them, or in another state of it, n × d: row i belongs to row i. */
  readonly partners?: GivenPoints | undefined;
  /** Vectors of phrases that name what is to go, m × d. */
  readonly concepts?: GivenPoints | undefined;
}

/** What a method may need besides points. */
export interface ErasureFacts {
  readonly classes: Concept;
  readonly directions: Directions;
  readonly partners: Matrix;
  readonly concepts: Matrix;
}

export type ErasureNeed = keyof ErasureFacts;

/** What a fit is given, checked: the rows are finite, the classes two or more. */
export type ErasureRows<N extends ErasureNeed> = Pick<ErasureFacts, N> & {
  readonly points: Matrix;
  readonly kept?: Concept | undefined;
};

export interface ErasureContext {
  readonly engine: Engine;
  /** The stream of the method and its seed; seed 0 where it has no such option. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
}

export interface ErasureFit extends Fitted {
  /** Dimensions that are taken out. */
  readonly rank: number;
  /** Numbers about the fit. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

export interface ErasureSpec<N extends ErasureNeed, S extends OptionSpecs>
  extends Omit<MethodSpec<ErasureInput, S, Erased, RunOptions>, 'family' | 'compute'> {
  readonly needs: N;
  /** Whether erasing twice is erasing once. */
  readonly isProjection: boolean;
  /** Whether rows of a space that was turned are erased to the turned rows. */
  readonly turnsAlong: boolean;
  readonly fit: (
    rows: ErasureRows<N>,
    options: OptionsOf<S>,
    context: ErasureContext,
  ) => MaybePromise<ErasureFit>;
  /** Whether what becomes of a row depends on the others of its set. Default: false. */
  readonly inSets?: boolean;
  /** Rows without the concept, r × d → r × d, in their element type. Each row, or each set, as if it were alone. */
  readonly erase: (
    fitted: Fitted,
    rows: Matrix,
    context: Pick<ErasureContext, 'engine' | 'work'> & Sets,
  ) => MaybePromise<Matrix>;
}

export interface Sets {
  /** Where each set of rows begins, and where the last ends: m + 1 numbers. */
  readonly offsets: Int32Array;
}

export interface TransformOptions extends RunOptions {
  /** Where each set of rows begins, and where the last ends, for methods that read sets; default: all rows are one. */
  readonly offsets?: ArrayLike<number> | undefined;
}

/** A filter. */
export interface Erased {
  /** What `transform` takes and a file holds. */
  readonly model: Model;
  /** Dimensions that are taken out. */
  readonly rank: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

export interface Erasure<S extends OptionSpecs = OptionSpecs>
  extends Method<ErasureInput, S, Erased, RunOptions> {
  readonly needs: ErasureNeed;
  readonly isProjection: boolean;
  readonly turnsAlong: boolean;
  readonly inSets: boolean;
  /** Rows of the space without the concept: r × d → r × d. */
  transform(model: StoredModel | Model, rows: GivenPoints, run?: TransformOptions): Promise<Matrix>;
}
