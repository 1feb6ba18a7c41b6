import { ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import { causalNeighbors, type ImageShape, valuesOf } from './causal-neighbors.ts';

export interface LinearPredictionOptions {
  /** Values before each one from which it is predicted, N. */
  readonly neighbors: number;
  /** Added to the diagonal of each system, in squared units of the values; above 0. */
  readonly ridge: number;
}

/** What a value counts for each step of distance. */
const DECAY = 0.8;

export interface LinearPrediction {
  /** θ, values × N: row i predicts value i from those before it. */
  readonly weights: Matrix<Float64Array>;
  /** Σⱼ w_ij (x_j − ⟨θᵢ, n_j⟩)² of each value. */
  readonly losses: Float64Array;
  /** Σⱼ w_ij x_j². */
  readonly squares: Float64Array;
}

/** Predicts the values of images of one shape. */
export type LinearPredictor = (image: ArrayLike<number>) => LinearPrediction;

/**
 * Weighted least squares at every value i of an image: the weights θᵢ that predict each earlier value j from the N nearest
 * ones before it, n_j, best where j is near to i,
 *
 *     θᵢ = (Σ_{j<i} w_ij n_j n_jᵀ + ridge·I)⁻¹ Σ_{j<i} w_ij x_j n_j,   w_ij = 0.8^(|Δ row| + |Δ column| + |Δ channel|)
 *
 * As w is a product over the axes, the sums run along rows and columns as recursions: exact, and O(values·N²) in place of
 * O(values²·N²). The systems cost O(values·N³).
 */
export function linearPredictor(
  shape: ImageShape,
  { neighbors: n, ridge }: LinearPredictionOptions,
): LinearPredictor {
  const places = causalNeighbors(shape, n);
  const values = valuesOf(shape);
  const row = shape.width * shape.channels;
  const factor = new Float64Array((n * (n + 1)) / 2);
  return (image) => {
    if (image.length !== values)
      throw new ShapeError('linear prediction', `images of ${values} values`, `${image.length}`);
    const products = new Products(shape, n);
    const found = {
      weights: zeros64(values, n),
      losses: new Float64Array(values),
      squares: new Float64Array(values),
    };
    for (let r = 0; r < shape.height; r++) {
      products.read(image, places, r);
      for (let at = 0; at < row; at++)
        weigh(products.before(at), r * row + at, { n, ridge, factor }, found);
      products.leave();
    }
    return found;
  };
}

/** Weighted sums of products of values with those before them, a row of the image at a time. */
class Products {
  readonly #shape: ImageShape;
  readonly #n: number;
  /** N (N + 1)/2 products of neighbours, N with the value, and the square of the value. */
  readonly #size: number;
  /** The products of this row; the sums over rows above; the sums to the left. */
  readonly #own: Float64Array;
  readonly #above: Float64Array;
  readonly #left: Float64Array;
  readonly #out: Float64Array;
  /** What a channel counts for another, by their distance. */
  readonly #shares: Float64Array;

  constructor(shape: ImageShape, n: number) {
    this.#shape = shape;
    this.#n = n;
    this.#size = (n * (n + 1)) / 2 + n + 1;
    const all = shape.width * shape.channels * this.#size;
    this.#own = new Float64Array(all);
    this.#above = new Float64Array(all);
    this.#left = new Float64Array(all);
    this.#out = new Float64Array(this.#size);
    this.#shares = Float64Array.from({ length: shape.channels }, (_, k) => pow(DECAY, k));
  }

  /** Takes in row r of the image. */
  read(image: ArrayLike<number>, places: Int32Array, r: number): void {
    const n = this.#n;
    const row = this.#shape.width * this.#shape.channels;
    const known = new Float64Array(n + 1);
    const own = this.#own;
    let e = 0;
    for (let at = 0; at < row; at++) {
      const value = r * row + at;
      for (let a = 0; a < n; a++) {
        const place = places[value * n + a];
        known[a] = place < 0 ? 0 : image[place];
      }
      known[n] = image[value];
      for (let a = 0; a <= n; a++) for (let b = 0; b <= a; b++) own[e++] = known[a] * known[b];
    }
    this.#runLeft();
  }

  #runLeft(): void {
    const pixel = this.#shape.channels * this.#size;
    const [own, left] = [this.#own, this.#left];
    for (let e = pixel; e < left.length; e++) left[e] = DECAY * (left[e - pixel] + own[e - pixel]);
  }

  /** Σ_{j<i} w_ij of the products of j, for the value at a place of this row. */
  before(at: number): Float64Array {
    const { channels } = this.#shape;
    const [size, out, own, above, left] = [
      this.#size,
      this.#out,
      this.#own,
      this.#above,
      this.#left,
    ];
    const channel = at % channels;
    out.fill(0);
    for (let k = 0; k < channels; k++) {
      const share = this.#shares[Math.abs(channel - k)];
      const from = (at - channel + k) * size;
      for (let e = 0; e < size; e++) out[e] += share * (above[from + e] + left[from + e]);
      if (k < channel) for (let e = 0; e < size; e++) out[e] += share * own[from + e];
    }
    return out;
  }

  /** Adds this row to those above, and goes on to the next. */
  leave(): void {
    const pixel = this.#shape.channels * this.#size;
    const right = new Float64Array(pixel);
    const [own, above, left] = [this.#own, this.#above, this.#left];
    for (let from = own.length - pixel; from >= 0; from -= pixel) {
      for (let e = 0; e < pixel; e++) {
        const product = own[from + e];
        above[from + e] = DECAY * (above[from + e] + product + left[from + e] + right[e]);
        right[e] = DECAY * (right[e] + product);
      }
    }
  }
}

interface System {
  readonly n: number;
  readonly ridge: number;
  /** Room for the Cholesky factor. */
  readonly factor: Float64Array;
}

/** Solves the system of one value: `products` is the lower triangle of the matrix, then the target, then the square. */
function weigh(
  products: Float64Array,
  value: number,
  { n, ridge, factor }: System,
  { weights, losses, squares }: LinearPrediction,
): void {
  const target = (n * (n + 1)) / 2;
  const theta = weights.data.subarray(value * n, (value + 1) * n);
  for (let a = 0; a < n; a++) theta[a] = products[target + a];
  factor.set(products.subarray(0, target));
  for (let a = 0; a < n; a++) factor[(a * (a + 3)) / 2] += ridge;
  solveInPlace(factor, theta, n);
  const square = products[target + n];
  let loss = square;
  for (let a = 0, e = 0; a < n; a++) {
    loss -= 2 * theta[a] * products[target + a];
    for (let b = 0; b < a; b++, e++) loss += 2 * theta[a] * theta[b] * products[e];
    loss += theta[a] * theta[a] * products[e++];
  }
  losses[value] = Math.max(0, loss);
  squares[value] = square;
}

/** x ← A⁻¹x for a positive definite n × n matrix, its lower triangle packed row by row; A becomes its Cholesky factor. */
function solveInPlace(a: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0, row = 0; i < n; row += ++i) {
    let sum = x[i];
    for (let j = 0, other = 0; j <= i; other += ++j) {
      let product = a[row + j];
      for (let k = 0; k < j; k++) product -= a[row + k] * a[other + k];
      a[row + j] = j < i ? product / a[other + j] : Math.sqrt(product);
      if (j < i) sum -= a[row + j] * x[j];
    }
    x[i] = sum / a[row + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = (i * (i + 1)) / 2;
    x[i] /= a[row + i];
    for (let j = 0; j < i; j++) x[j] -= a[row + j] * x[i];
  }
}
