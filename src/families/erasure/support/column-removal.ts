import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { cholesky, choleskySolve } from '../../../numerics/decompositions/index.ts';
import { type Moments, penaltyOf, ridgeWeights } from './moments.ts';
import { times } from './products.ts';

/**
 * Ridge regression of one-hot classes on columns that become fewer, and its mean squared error on other rows, as a share of
 * their spread. What each column's removal would make of it is known without a new fit: with B = (S + λI)⁻¹ on the columns
 * left and W = CB, without column j
 *
 *     B ← B − bbᵀ/β,   W ← W − w bᵀ/β,   b = B's column j, w = W's, β = B_jj
 *
 * and all else that the error asks for changes by outer products too.
 */
export class ColumnRemoval {
  /** B, d × d; 0 in columns that are gone. */
  readonly #inverse: Matrix<Float64Array>;
  /** VB with V the squares of the other rows, d × d. */
  readonly #product: Matrix<Float64Array>;
  /** W, k × d. */
  readonly #weights: Matrix<Float64Array>;
  /** (WV − M)B with M the cross moments of the other rows, k × d. */
  readonly #slope: Matrix<Float64Array>;
  readonly #spread: number;
  #error: number;
  #rises: Float64Array | undefined;

  constructor(fitted: Moments, others: Moments, penalty: number) {
    const lambda = penaltyOf(fitted.squares, penalty);
    this.#spread = others.spread;
    this.#inverse = inverseOf(fitted.squares, lambda);
    this.#product = times(others.squares, this.#inverse);
    this.#weights = ridgeWeights(fitted, lambda);
    const slope = times(this.#weights, others.squares);
    let sum = others.spread;
    for (const [e, w] of this.#weights.data.entries()) {
      sum += w * (slope.data[e] - 2 * others.cross.data[e]);
      slope.data[e] -= others.cross.data[e];
    }
    this.#error = sum / others.spread;
    this.#slope = times(slope, this.#inverse);
  }

  /** 1 where the columns say nothing. */
  get error(): number {
    return this.#error;
  }

  /** By how much the removal of each column would raise the error. */
  get rises(): Float64Array {
    this.#rises ??= this.#risesOfAll();
    return this.#rises;
  }

  #risesOfAll(): Float64Array {
    const { data: b, rows: d } = this.#inverse;
    const { data: w, rows: k } = this.#weights;
    const product = this.#product.data;
    const squares = new Float64Array(d);
    addColumnProducts(squares, b, product);
    return squares.map((second, j) => {
      const beta = b[j * (d + 1)];
      if (beta === 0) return 0;
      let [first, length] = [0, 0];
      for (let e = j; e < k * d; e += d) {
        first += w[e] * this.#slope.data[e];
        length += w[e] * w[e];
      }
      return ((length * second) / beta - 2 * first) / beta / this.#spread;
    });
  }

  remove(j: number): void {
    const { data: b, rows: d } = this.#inverse;
    const beta = b[j * (d + 1)];
    if (beta === 0) return;
    this.#error += this.rises[j];
    const row = b.slice(j * d, (j + 1) * d);
    const moved = Float64Array.from(row, (_, a) => this.#product.data[a * d + j]);
    const [within, through] = [dot(moved, row), this.#through(moved)];
    const { data: w, rows: k } = this.#weights;
    const slope = this.#slope.data;
    for (let c = 0; c < k; c++) {
      const [share, own] = [w[c * d + j] / beta, slope[c * d + j] / beta];
      const back = (share * within) / beta;
      for (let a = 0; a < d; a++) {
        slope[c * d + a] += (back - own) * row[a] - share * through[a];
        w[c * d + a] -= share * row[a];
      }
    }
    subtractOuter(b, row, row, beta);
    subtractOuter(this.#product.data, moved, row, beta);
    this.#forget(j);
    this.#rises = undefined;
  }

  /** vᵀB. */
  #through(v: Float64Array): Float64Array {
    const { data: b, rows: d } = this.#inverse;
    const out = new Float64Array(d);
    for (let a = 0; a < d; a++) {
      const factor = v[a];
      for (let c = 0; c < d; c++) out[c] += factor * b[a * d + c];
    }
    return out;
  }

  /** What rounding leaves of a column would come back. */
  #forget(j: number): void {
    const d = this.#inverse.rows;
    for (let a = 0; a < d; a++) {
      this.#inverse.data[j * d + a] = 0;
      this.#inverse.data[a * d + j] = 0;
      this.#product.data[a * d + j] = 0;
    }
    for (const { data } of [this.#weights, this.#slope])
      for (let e = j; e < data.length; e += d) data[e] = 0;
  }
}

/** A ← A − abᵀ/β; a row of A whose part of a is 0 stays. */
function subtractOuter(matrix: Float64Array, a: Float64Array, b: Float64Array, beta: number): void {
  const d = b.length;
  for (let i = 0; i < a.length; i++) {
    const factor = a[i];
    if (factor === 0) continue;
    for (let c = 0; c < d; c++) matrix[i * d + c] -= (factor * b[c]) / beta;
  }
}

/** Σₐ A_aj·B_aj for each column j. */
function addColumnProducts(sums: Float64Array, a: Float64Array, b: Float64Array): void {
  const d = sums.length;
  for (let at = 0; at < a.length; at += d)
    for (let j = 0; j < d; j++) sums[j] += a[at + j] * b[at + j];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}

function inverseOf({ data, rows: d }: Matrix<Float64Array>, lambda: number): Matrix<Float64Array> {
  const loaded = data.slice();
  const unit = zeros64(d, d);
  for (let c = 0; c < d; c++) {
    loaded[c * (d + 1)] += lambda;
    unit.data[c * (d + 1)] = 1;
  }
  return choleskySolve(cholesky(matrix(loaded, d, d)), unit);
}
