import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Eigh } from '../numerics/decompositions/eigh.ts';
import type { Qr } from '../numerics/decompositions/qr.ts';
import type { Svd } from '../numerics/decompositions/svd.ts';
import type { Activation } from './kernels/activation/contract.ts';
import type { ArcForces } from './kernels/circle-counts/contract.ts';
import type { Diversify, GraphFound, GraphSearch } from './kernels/graph-search/contract.ts';
import type { ProductOptions } from './kernels/matmul/contract.ts';
import type { Patches } from './kernels/matmul/patches.ts';
import type { PairKernel, PairwiseEnergy } from './kernels/pairwise-energy/contract.ts';

export type MaybePromise<T> = T | Promise<T>;
export type EngineName = 'reference' | 'wasm' | 'native' | 'webgpu';

/** What a long operation may be given: it stops when `signal` aborts and says how far it is. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, in [0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** For each query, the nearest row of a set; equal distances by lower index. */
export interface Assignment {
  readonly indices: Int32Array;
  /** Euclidean, recomputed in float64 from differences. */
  readonly distances: Float64Array;
}

/** For each query the k rows of largest inner product, largest first; equal products by lower row. */
export interface ProductLists {
  /** m × k; −1 where there are fewer. */
  readonly indices: Int32Array;
  /** m × k, in float64; −∞ where there are fewer. */
  readonly products: Float64Array;
  readonly k: number;
}

/**
 * The decompositions of `numerics/decompositions`, whose contracts they keep: backward errors and orthogonality to
 * 1e-15 times a small multiple of √n, at the engine's speed. Matrices of either element type;
 * results are float64. The eigenvectors' signs are the engine's own.
 */
export interface LinearAlgebra {
  /** A = Vᵀ diag(values) V of a symmetric n × n matrix. */
  eigh(a: Matrix, work?: Work): MaybePromise<Eigh>;
  /** The n eigenvalues of a symmetric n × n matrix, largest first. */
  symmetricEigenvalues(a: Matrix, work?: Work): MaybePromise<Float64Array>;
  /** A = U diag(s) Vᵀ of an n × d matrix, k = min(n, d) columns in U and V. */
  svd(a: Matrix, work?: Work): MaybePromise<Svd>;
  /** The min(n, d) singular values of an n × d matrix, largest first. */
  singularValues(a: Matrix, work?: Work): MaybePromise<Float64Array>;
  /** A = Q R of an n × d matrix, k = min(n, d) columns in Q; diagonal of R ≥ 0. */
  qr(a: Matrix, work?: Work): MaybePromise<Qr>;
  /** The lower triangular L with A = L Lᵀ of a symmetric positive definite n × n matrix. */
  cholesky(a: Matrix, work?: Work): MaybePromise<Matrix<Float64Array>>;
}

/**
 * What methods may ask for. Every engine offers the same operations on the same contracts
 * (`kernels/<operation>/contract.ts`); one conformance suite holds them to the float64 reference.
 *
 * Inputs are never changed, except where the name ends in `InPlace`. Results do not depend on
 * `threads`. Engines other than `reference` take float32 matrices only,
 * except in `linalg`.
 */
export interface Engine {
  readonly name: EngineName;
  readonly threads: number;

  /**
   * Σ_{i<j} k(ρ_ij) over all pairs of the n unit rows, and, when `gradient` is given, its Riemannian
   * gradient: row i of `gradient` becomes Σ_{j≠i} ∇_{x_i} k(ρ_ij), tangent to the sphere at x_i.
   * One pass over tiles; nothing n × n is stored.
   */
  pairwiseEnergy(
    points: Matrix,
    kernel: PairKernel,
    gradient?: Matrix | null,
    work?: Work,
  ): MaybePromise<PairwiseEnergy>;

  /** The k nearest other rows of each row, by Euclidean distance; self is excluded by index. */
  nearest(points: Matrix, k: number, work?: Work): MaybePromise<KnnGraph>;

  /** The k nearest rows of `points` for each query, the query itself included where it is one of them. */
  nearestAmong(queries: Matrix, points: Matrix, k: number, work?: Work): MaybePromise<KnnGraph>;

  /** The k rows of `points` of largest ⟨q, x⟩ for each query. */
  largestProducts(
    queries: Matrix,
    points: Matrix,
    k: number,
    work?: Work,
  ): MaybePromise<ProductLists>;

  /** The best rows for each query on the way through a graph. Bytes are the same on every engine. */
  searchGraph(search: GraphSearch, work?: Work): MaybePromise<GraphFound>;

  /** For each owner the diverse ones of its candidates: m × degree rows, −1 after the last. */
  diversify(request: Diversify, work?: Work): MaybePromise<Int32Array>;

  /** The nearest row of `points` for each query. */
  assign(queries: Matrix, points: Matrix, work?: Work): MaybePromise<Assignment>;

  /**
   * A·B, (n × k)·(k × m) → n × m, either factor transposed where the options say so (`true`: B), into `out`
   * if there is one.
   */
  matmul(
    a: Matrix,
    b: Matrix,
    options?: boolean | ProductOptions,
    work?: Work,
  ): MaybePromise<Matrix>;

  /** XᵀX, d × d, accumulated in float64. */
  gram(points: Matrix, work?: Work): MaybePromise<Matrix<Float64Array>>;

  /** For each row, the order that sorts it ascending: s × n indices; equal values by lower index. */
  sortRows(values: Matrix, work?: Work): MaybePromise<Int32Array>;

  /**
   * The mean squared distance of points from even spacing on L circles, given n × 2L projections on their
   * planes; the projections become the gradient's coefficients (`kernels/circle-spacing/contract.ts`).
   * Bytes are the same on every engine.
   */
  circleSpacingInPlace(projections: Matrix, inverseCap: number, work?: Work): MaybePromise<number>;

  /**
   * How many points' angles lie in each of `arcs` arcs of L circles, and the sum of the angles, L × (arcs + 1), given
   * n × 2L projections on their planes. Whole numbers and multiples of 2⁻²⁰: the counts of parts add up to those of
   * all, to the bit (`kernels/circle-counts/contract.ts`).
   */
  circleCounts(projections: Matrix, arcs: number, work?: Work): MaybePromise<Float64Array>;

  /**
   * What `circleSpacingInPlace` does, with the places of angles read off a table of arcs; returns the sum of squares.
   * Bytes are the same on every engine.
   */
  circleForcesInPlace(projections: Matrix, forces: ArcForces, work?: Work): MaybePromise<number>;

  /** Each row x_i ← exp_{x_i}(v_i) on the unit sphere, v_i tangent; result rows are unit. */
  sphereStepInPlace(points: Matrix, tangents: Matrix, work?: Work): MaybePromise<void>;

  /**
   * Momentum on the unit sphere, row by row: m_i ← keep_i·m_i + weight·t_i with t_i the part of
   * gradient row i tangent at x_i. Returns n × 4 inner products: ‖t_i‖², ‖x_i‖², ⟨x_i,m_i⟩, ‖m_i‖².
   * Bytes are the same on every engine.
   */
  sphereMomentumInPlace(
    points: Matrix,
    gradient: Matrix,
    momentum: Matrix,
    keep: Float64Array,
    weight: number,
    work?: Work,
  ): MaybePromise<Float64Array>;

  /**
   * Row by row the geodesic flow on the unit sphere: x_i and v_i become the point and the velocity after
   * times_i. `sums` is what `sphereMomentumInPlace` of v returned, if nothing changed since. Returns whether
   * any coordinate of `points` changed. Bytes are the same on every engine.
   */
  sphereFlowInPlace(
    points: Matrix,
    velocities: Matrix,
    times: Float64Array,
    sums?: Float64Array,
    work?: Work,
  ): MaybePromise<boolean>;

  /** f(x), number by number, into `out`, which may be x. */
  activate(f: Activation, x: Matrix, out: Matrix, work?: Work): MaybePromise<void>;

  /** gradient · f′(x), number by number, into `out`, which may be either. */
  activationGradient(
    f: Activation,
    x: Matrix,
    gradient: Matrix,
    out: Matrix,
    work?: Work,
  ): MaybePromise<void>;

  /** Each row becomes its softmax; returns the logarithm of each row's Σ exp. */
  softmaxInPlace(rows: Matrix, work?: Work): MaybePromise<Float64Array>;

  /**
   * The largest number of each channel in windows over images, a row of channels for each place, into `out`, and
   * where in the images it stands first, into `places`: a row for each window. Bytes are the same on every engine.
   */
  maxPool(
    images: Matrix,
    windows: Patches,
    out: Matrix,
    places: Int32Array,
    work?: Work,
  ): MaybePromise<void>;

  /** Dense decompositions in float64. */
  readonly linalg: LinearAlgebra;

  /** Ends worker threads. The engine is not to be used afterwards. */
  dispose(): Promise<void>;
}
