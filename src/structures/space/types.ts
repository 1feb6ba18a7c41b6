import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import type { Estimate } from '../../numerics/statistics/intervals.ts';
import type { Answers, Rankings } from '../retrieval/rankings.ts';
import type { CovarianceSpectrum, RowSpectrum, RowsOf, SpectrumOf } from '../spectra/types.ts';
import type { SpanningTree } from '../trees/spanning-tree.ts';

/** Sums over all unit rows, in float64: all that some numbers are made of. */
export interface RowMoments {
  /** Σ x; d. */
  readonly sum: Float64Array;
  /** XᵀX, d × d. */
  readonly gram: Matrix<Float64Array>;
  /** Σ x⁴, column by column; d. */
  readonly fourth: Float64Array;
}

/** What is known about each row besides its vector. */
export interface RowFacts {
  /** The class of each row, n. */
  readonly classes?: readonly string[] | undefined;
  /** How often each row's item occurs (word counts, page views), n; NaN where not known. */
  readonly frequencies?: Float64Array | undefined;
  /** A number by which rows can be ordered (a rating, a year, a price), n; NaN where not known. */
  readonly scores?: Float64Array | undefined;
  /** Rows among which numbers about a datastore look for neighbours, m × d; default: the rows themselves. */
  readonly datastore?: Matrix | undefined;
  /** Queries, and which rows answer them. */
  readonly answers?: Answers | undefined;
}

/**
 * Unit rows with the expensive facts about them, each computed at most once and shared by all
 * metrics: neighbours, Gram matrix, pair sums. Where the rows are too many for all pairs, neighbours
 * and pair means come from a seeded sample of them, unless `exact` was asked for.
 */
export interface Space extends RowFacts {
  /** Unit rows, n × d. Where the table is beyond memory, their numbers are not to be had: `absentRows`. */
  readonly points: Matrix;
  /** The rows as they came, n × d; absent as the points are. */
  readonly raw: Matrix;
  /** Whether their elements have the precision of float32. */
  readonly isFloat32: boolean;
  /** ‖raw row i‖; n. */
  readonly norms: Float64Array;
  readonly engine: Engine;
  /** Whether nothing is to be sampled. */
  readonly exact: boolean;
  /** Stops a long number. */
  readonly signal: AbortSignal | undefined;
  /** A stream of its own for each name. */
  random(name: string): Random;
  /**
   * The k nearest neighbours, among all rows, of every row, or of those listed in `rows` of the graph
   * where a sample had to do. A larger k computed before answers a smaller one.
   */
  nearest(k: number): Promise<KnnGraph>;
  /**
   * A space of m rows drawn from this one (by its seed), or this one where it has no more than m or
   * where nothing is to be sampled; the same at every call.
   */
  sample(m: number): Promise<RowSample>;
  /** These rows alone, in their order, with what is known of them; answers to queries left out. */
  among(rows: Int32Array): Promise<Space>;
  /** The vectors of these rows, in their order: of the unit rows, or of those that came. */
  gather(rows: Int32Array, of?: RowsOf): Promise<Matrix>;
  /** Sums over rows that are absent; left out where the rows are here to be summed. */
  moments?(): Promise<RowMoments>;
  /**
   * Σ x of the unit rows of each class, classes × d, for each of some numberings of the rows; left out where the rows are
   * here to be summed.
   */
  readonly classSums?:
    | ((numberings: readonly Int32Array[], classes: number) => Promise<Matrix<Float64Array>[]>)
    | undefined;
  /**
   * The rows as they came, less their mean and over their root mean square distance from it: for numbers that look
   * at distances alone.
   */
  flat(): Promise<Space>;
  /** XᵀX, d × d. */
  gram(): Promise<Matrix<Float64Array>>;
  /** The smaller of XᵀX and XXᵀ, of the unit rows or of those that came. */
  products(of: RowsOf): Promise<Matrix<Float64Array>>;
  /** The min(n, d) singular values of the points, largest first. */
  singularValues(): Promise<Float64Array>;
  /** Mean and covariance of the unit rows, in eigenvectors. */
  covariance(): Promise<CovarianceSpectrum>;
  /** The same of the rows as they came. */
  rawCovariance(): Promise<CovarianceSpectrum>;
  /** The spectrum of XᵀX/n, or of a covariance, with the rows' part in it. */
  spectrum(of: SpectrumOf): Promise<RowSpectrum>;
  /** The eigenvalues of a spectrum without each of some groups of rows; for few rows. */
  groupSpectra(of: SpectrumOf): Promise<readonly Float64Array[]>;
  /** The minimum spanning tree of all rows, or of a seeded sample of 1,000. */
  spanningTree(): Promise<SpanningTree>;
  /** The trees of those rows, of 1,000 at most, without each of eight parts; none of fewer than 32. */
  treesWithout(): Promise<readonly SpanningTree[]>;
  /** Where the rows that answer the queries come among all by cosine; the `answers` must be known. */
  rankings(): Promise<Rankings>;
  /** Mean of the kernel over all pairs i < j, or over those of a sample of the rows. */
  meanKernel(kernel: PairKernel): Promise<Estimate>;
}

/** Some rows of a space, as a space of their own. */
export interface RowSample {
  readonly space: Space;
  /** Which rows these are, ascending; left out where they are all. */
  readonly rows?: Int32Array;
}
