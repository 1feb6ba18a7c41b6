import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { SparseMatrix } from '../../core/sparse.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Fitted, Model, StoredModel } from '../../learning/index.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { commonOptions } from './support/common-options.ts';

/** Coded rows: row i is the bytes from i·bytesPerVector on. */
export interface Codes {
  readonly rows: number;
  readonly bytesPerVector: number;
  readonly bytes: Uint8Array;
}

/** What a fit may use besides the points and its options. */
export interface FitContext {
  readonly engine: Engine;
  /** The stream of the codec and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
}

/**
 * What a fit gives: what coding and decoding need, and what is known of it. No array is called `axes` or `mean`: these are of
 * the kept coordinates.
 */
export interface CodecFit extends Fitted {
  /** Numbers about the fit. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** What coding, decoding and comparing may use. */
export interface CodeContext {
  /** Starts when it is first asked: a lookup of a row by its codes mostly needs none. */
  readonly engine: Pick<Engine, 'matmul' | 'assign'>;
  readonly work: Work;
}

export interface CodecSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<GivenPoints, S, Encoded>, 'family' | 'compute'> {
  /**
   * Of a codec that always keeps fewer coordinates: along which axes. It has no option `axes`, and where `dims` is 0 it
   * keeps a fourth of the columns, rounded up.
   */
  readonly keeps?: 'pca' | 'first';
  /** Learns from n × d points, n ≥ 1, all finite, what the codes need. Where `dims` is given, d is `dims`. */
  readonly fit: (
    points: Matrix,
    options: OptionsOf<S & typeof commonOptions>,
    context: FitContext,
  ) => MaybePromise<CodecFit>;
  /** Bytes of each code, for rows of d numbers. */
  readonly bytesPerVector: (fitted: Fitted, d: number) => number;
  /** Codes r × d rows, each as if it were alone: r times the bytes of a code. */
  readonly encode: (fitted: Fitted, rows: Matrix, context: CodeContext) => MaybePromise<Uint8Array>;
  /** The rows x̂ that the codes stand for, r × d, float32. */
  readonly decode: (
    fitted: Fitted,
    codes: Codes,
    d: number,
    context: CodeContext,
  ) => MaybePromise<Matrix<Float32Array>>;
  /**
   * The inner products ⟨q, x̂⟩ of q × d queries with the rows that r codes stand for, without decoding them: q × r,
   * equal to those with the decoded rows up to rounding. Left out, blocks are decoded.
   */
  readonly products?: (
    fitted: Fitted,
    queries: Matrix<Float32Array>,
    codes: Codes,
    context: CodeContext,
  ) => MaybePromise<Matrix<Float32Array>>;
  /** Of codes that are rows of few numbers: these, for an index of sparse rows. */
  readonly sparse?: (fitted: Fitted, codes: Codes) => SparseMatrix;
}

/** A codec that was fitted, with the rows it was fitted to, coded. */
export interface Encoded {
  readonly codes: Codes;
  /** What decoding takes and a file holds. */
  readonly model: Model;
  readonly bytesPerVector: number;
  /** Rows of length zero: the direction that their codes stand for, if any, is rounding. */
  readonly zeros: readonly number[];
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** A fitted codec that is ready for use. */
export interface ReadyCodec {
  /** Columns of the rows. */
  readonly cols: number;
  readonly bytesPerVector: number;
  encode(rows: GivenPoints, run?: RunOptions): Promise<Codes>;
  decode(codes: Codes, run?: RunOptions): Promise<Matrix<Float32Array>>;
  /** ⟨q, x̂⟩ of q × d queries and r codes: q × r. */
  products(queries: GivenPoints, codes: Codes, run?: RunOptions): Promise<Matrix<Float32Array>>;
  /** The codes as sparse rows, of codecs whose codes are such. */
  sparse?(codes: Codes): SparseMatrix;
}

export interface Codec<S extends OptionSpecs = OptionSpecs>
  extends Method<GivenPoints, S & typeof commonOptions, Encoded> {
  /** Makes a saved codec of this kind ready. */
  ready(model: StoredModel | Model): Promise<ReadyCodec>;
}
