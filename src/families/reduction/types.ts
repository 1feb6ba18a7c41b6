import type { GivenPoints } from '../../core/given-points.ts';
import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { Fitted, Model, StoredModel } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** Where a layout stands. */
export interface Frame {
  readonly step: number;
  readonly steps: number;
  /** n × m; a copy. */
  readonly points: Matrix;
}

export interface ReductionRunOptions extends RunOptions {
  /** Nearest neighbours of the rows, known already. */
  readonly neighbors?: KnnGraph | undefined;
  /** n × q: what the rows are to predict, for methods that take it. */
  readonly responses?: Matrix | undefined;
  /** n × m: where the rows of a layout begin, as those of a map that is drawn again when its rows have moved. */
  readonly start?: Matrix | undefined;
  /** Called now and then while a layout moves. */
  readonly onFrame?: ((frame: Frame) => MaybePromise<void>) | undefined;
  /** Where a long layout is saved while it goes. */
  readonly checkpoint?: { readonly store: ByteStore; readonly every?: number } | undefined;
  /** Goes on from the checkpoint, where there is one. */
  readonly resume?: boolean | undefined;
}

/** What a fit may use besides the points and its options. */
export interface FitContext {
  readonly engine: Engine;
  /** The stream of the method and its seed. */
  readonly random: Random;
  readonly run: MethodRun<ReductionRunOptions>;
  readonly work: Work;
}

/** What a fit gives: the map, and what is known of the rows it was fitted to. */
export interface Fit extends Fitted {
  /** Where the fitted rows lie, n × m, where that is not what `place` gives. */
  readonly points?: Matrix | undefined;
  /** Rows that were kept, and the weight of each, of a method that keeps rows instead of columns. */
  readonly kept?: { readonly rows: Int32Array; readonly weights: Float64Array } | undefined;
  /** Numbers about the fit: share of the variance, loss, recall of the neighbours. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** What placing rows may use. */
export interface PlaceContext {
  readonly engine: Engine;
  readonly work: Work;
}

export interface ReductionSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<GivenPoints, S, Reduced, ReductionRunOptions>, 'family' | 'compute'> {
  /** Columns of the result: how many where nothing is said, and at most. Left out by methods that keep rows. */
  readonly dims?: { readonly usual: number; readonly atMost?: number };
  /** Whether it takes `responses`. */
  readonly takesResponses?: boolean;
  /** Which of these its fit makes use of; a sentence says so where another one is given. */
  readonly uses?: readonly ('neighbors' | 'checkpoint' | 'start')[];
  /** Fits the map to n × d points, n ≥ 2, all finite. */
  readonly fit: (
    points: Matrix,
    options: OptionsOf<S & typeof commonOptions>,
    context: FitContext,
  ) => MaybePromise<Fit>;
  /**
   * Where rows lie under a fitted map: r × d → r × m. What a row gets depends on it and the map alone, not on the rows
   * beside it. Left out by methods that keep rows.
   */
  readonly place?: (fitted: Fitted, rows: Matrix, context: PlaceContext) => MaybePromise<Matrix>;
}

/** Rows with fewer columns, or fewer rows. */
export interface Reduced {
  /** n × m; the rows that were kept, where rows were chosen. */
  readonly points: Matrix;
  /** What `transform` takes and a file holds. */
  readonly model: Model;
  readonly kept?: { readonly rows: Int32Array; readonly weights: Float64Array } | undefined;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

export interface Reduction<S extends OptionSpecs = OptionSpecs>
  extends Method<GivenPoints, S & typeof commonOptions, Reduced, ReductionRunOptions> {
  /** Whether new rows can be placed. */
  readonly places: boolean;
  readonly takesResponses: boolean;
  /** Whether its layout can begin from places that are given. */
  readonly takesStart: boolean;
  /** Places r × d new rows with a model of this method: r × m, each as if it were alone. */
  transform(model: StoredModel | Model, rows: GivenPoints, run?: RunOptions): Promise<Matrix>;
}
