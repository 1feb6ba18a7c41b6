import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Method, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { Svd } from '../../numerics/decompositions/svd.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import type { Range } from '../../numerics/statistics/range.ts';

/** Two sets of vectors: n × dA and n × dB with row i of both about the same thing, where rows correspond. */
export interface PairInput {
  readonly a: Matrix;
  readonly b: Matrix;
}

/** A value where the two sets have nothing to do with one another, or the same law: `how` says which. */
export type Expected = NullValue;

/** What a comparison says about two sets. */
export interface Compared {
  /** NaN where the number does not exist; a warning then says why. */
  readonly value: number;
  /** 95 % interval for the value of rows drawn like these; rows left out by sampling are part of it. */
  readonly low?: number;
  readonly high?: number;
  readonly null?: Expected;
  readonly warnings?: readonly string[];
}

export interface ComparisonResult extends Compared {
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** Eigenvectors of the centred rows' scatter XᵀX whose eigenvalues stand out of rounding. */
export interface Scatter {
  /** r eigenvalues of the centred XᵀX, largest first. */
  readonly values: Float64Array;
  /** r × d; row k is the unit eigenvector of value k. */
  readonly vectors: Matrix<Float64Array>;
  /** Σ of all eigenvalues: the squared Frobenius norm of the centred rows. */
  readonly total: number;
}

/** The k nearest other rows of the same rows in both spaces. */
export interface SharedNeighbors {
  /** The rows asked about; m of the n. */
  readonly rows: Int32Array;
  readonly k: number;
  /** m × k row numbers in a, and in b. */
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/**
 * Two sets of vectors whose rows correspond, with the expensive facts about them, each computed at
 * most once and shared by all comparisons. Where there are more rows than `mostRows`, a seeded sample
 * of that size stands for all of them, except as neighbours.
 */
export interface Pair {
  /** The rows compared, n × dA and n × dB. */
  readonly a: Matrix;
  readonly b: Matrix;
  /** Whether row i of both is about the same thing. */
  readonly paired: boolean;
  /** Rows compared. */
  readonly n: number;
  /** All rows, from which those were drawn. */
  readonly all: PairInput;
  readonly engine: Engine;
  readonly work: Work;
  /** At most so many rows for what costs n². */
  readonly sample: number;
  /** A stream of its own for each name. */
  random(name: string): Random;
  /** min(m, n) distinct rows, ascending; the same at every call. */
  someRows(m: number): Int32Array;
  /** The same pair, each set in another unit where its values are so large or small that products overflow. */
  evened(): Pair;
  /** The rows less their mean. */
  centered(): PairInput;
  /** The rows scaled to unit length; rows of zeros stay so and are listed. */
  directions(): PairInput & { readonly zeroRows: readonly number[] };
  /** AᵀA, BᵀB and AᵀB of the centred rows. */
  scatters(): Promise<Scatters>;
  /** Their eigenvectors. */
  axes(): Promise<{ readonly a: Scatter; readonly b: Scatter }>;
  /** Singular values and vectors of AᵀB of the centred rows. */
  crossSvd(): Promise<Svd>;
  /** Cosines between whitened spaces: Λa^{−½} Va AᵀB Vbᵀ Λb^{−½}, rA × rB. */
  whitenedCross(): Promise<Matrix<Float64Array>>;
  /** What `whitenedCross` is when one space is turned at random: rA × rB blocks of a Haar matrix. */
  turnedBlocks(): Promise<readonly Matrix<Float64Array>[]>;
  /** By cosine unless it says otherwise. */
  neighbors(k: number, by?: 'cosine' | 'euclidean'): Promise<SharedNeighbors>;
}

export interface ComparisonRunOptions extends RunOptions {
  /** Of row samples and simulated null values. Default 0. */
  readonly seed?: number | undefined;
  /** At most so many rows where the cost grows with n²; default 2,000. */
  readonly sample?: number | undefined;
  /** At most so many rows elsewhere; default 20,000. */
  readonly mostRows?: number | undefined;
}

/** Larger or smaller is more alike, and what two equal sets have. */
export interface Meaning {
  readonly kind: 'similarity' | 'distance';
  /** Whether rows must correspond, or two samples of any size are compared. */
  readonly rows: 'paired' | 'unpaired';
  /** Whether both must have the same number of columns. */
  readonly columns: 'same' | 'any';
}

export interface ComparisonSpec<S extends OptionSpecs>
  extends Omit<
      MethodSpec<PairInput, S, ComparisonResult, ComparisonRunOptions>,
      'family' | 'compute'
    >,
    Meaning {
  /** Between which it can lie: intervals end there. Default: anywhere. */
  readonly range?: Range;
  readonly compare: (pair: Pair, options: OptionsOf<S>) => MaybePromise<Compared>;
}

/** Compares any two matrices: a self-describing function that also knows how its number is read. */
export interface Comparison<S extends OptionSpecs = OptionSpecs>
  extends Method<PairInput, S, ComparisonResult, ComparisonRunOptions> {
  readonly meaning: Meaning;
  readonly range: Range;
  readonly compare: ComparisonSpec<S>['compare'];
}

/** One number about both spaces, as JSON has it. */
export interface ComparisonRow {
  readonly id: string;
  readonly title: string;
  /** Those that were given; the others are at their defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Larger is more alike, or smaller. */
  readonly kind: 'similarity' | 'distance';
  /** null where the number does not exist. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of the interval. */
  readonly level: number;
  readonly null?: Expected;
  readonly warnings: readonly string[];
}

/** AᵀA, BᵀB and AᵀB, in float64. */
export interface Scatters {
  readonly a: Matrix<Float64Array>;
  readonly b: Matrix<Float64Array>;
  /** dA × dB. */
  readonly cross: Matrix<Float64Array>;
}
