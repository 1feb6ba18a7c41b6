import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { cholesky, choleskySolve } from '../../../numerics/decompositions/index.ts';
import { type Moments, penaltyOf, ridgeWeights } from './moments.ts';
import { times, timesTransposed } from './products.ts';

/**
 * Ridge regression of one-hot classes on columns that become fewer, and its mean squared error on other rows: what each
 * column's removal would make of it is known without a new fit.
 */
export class ColumnRemoval {
  /** (S + λI)⁻¹ on the columns left, zero elsewhere; d × d. */
  readonly #inverse: Matrix<Float64Array>;
  /** The moments of the other rows times the inverse, d × d. */
  readonly #product: Matrix<Float64Array>;
  /** k × d. */
  readonly #weights: Matrix<Float64Array>;
  readonly #others: Moments;

  constructor(fitted: Moments, others: Moments, penalty: number) {
    const lambda = penaltyOf(fitted.squares, penalty);
    this.#others = others;
    this.#inverse = inverseOf(fitted.squares, lambda);
    this.#product = times(others.squares, this.#inverse);
    this.#weights = ridgeWeights(fitted, lambda);
  }

  /** Mean squared error over that of the shares of the classes: 1 where the columns say nothing. */
  get error(): number {
    const { squares, cross, spread } = this.#others;
    const shifted = times(this.#weights, squares).data;
    let sum = spread;
    for (const [e, w] of this.#weights.data.entries()) sum += w * (shifted[e] - 2 * cross.data[e]);
    return sum / spread;
  }

  /** By how much the removal of each column would raise the error. */
  get rises(): Float64Array {
    const { squares, cross, spread } = this.#others;
    const { data: b, rows: d } = this.#inverse;
    const slope = times(this.#weights, squares);
    for (let e = 0; e < slope.data.length; e++) slope.data[e] -= cross.data[e];
    const along = timesTransposed(slope, this.#inverse).data;
    return Float64Array.from({ length: d }, (_, j) => {
      const beta = b[j * (d + 1)];
      if (beta === 0) return 0;
      let [first, length, second] = [0, 0, 0];
      for (let c = 0; c < this.#weights.rows; c++) {
        const w = this.#weights.data[c * d + j];
        first += w * along[c * d + j];
        length += w * w;
      }
      for (let a = 0; a < d; a++) second += b[j * d + a] * this.#product.data[a * d + j];
      return ((length * second) / beta - 2 * first) / beta / spread;
    });
  }

  remove(j: number): void {
    const { data: b, rows: d } = this.#inverse;
    const row = b.slice(j * d, (j + 1) * d);
    const column = Float64Array.from({ length: d }, (_, a) => this.#product.data[a * d + j]);
    const beta = row[j];
    if (beta === 0) return;
    for (let a = 0; a < d; a++) {
      for (let c = 0; c < d; c++) {
        b[a * d + c] -= (row[a] * row[c]) / beta;
        this.#product.data[a * d + c] -= (column[a] * row[c]) / beta;
      }
    }
    const { data: w, rows: k } = this.#weights;
    for (let c = 0; c < k; c++) {
      const share = w[c * d + j] / beta;
      for (let a = 0; a < d; a++) w[c * d + a] -= share * row[a];
      w[c * d + j] = 0;
    }
    // What rounding leaves of the column would come back.
    for (let a = 0; a < d; a++) {
      b[j * d + a] = 0;
      b[a * d + j] = 0;
      this.#product.data[a * d + j] = 0;
    }
  }
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
