/** The Gram matrix of some rows about their mean; traces without a few of them follow quickly from it. */
export interface CentredGram {
  /** count × count. */
  readonly products: Float64Array;
  readonly count: number;
  /** Σ_b G_ab²; count. */
  readonly squares: Float64Array;
  readonly total: number;
}

/** The leading count × count block of a Gram matrix about any origin (size × size), centred. */
export function centredGram(gram: Float64Array, size: number, count: number): CentredGram {
  const means = new Float64Array(count);
  let origin = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) means[a] += gram[a * size + b] / count;
    origin += means[a] / count;
  }
  const products = new Float64Array(count * count);
  const squares = new Float64Array(count);
  let total = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const inner = gram[a * size + b] - means[a] - means[b] + origin;
      products[a * count + b] = inner;
      squares[a] += inner * inner;
    }
    total += squares[a];
  }
  return { products, count, squares, total };
}

/** Estimates of (tr Σ)² and of tr Σ². */
export interface Traces {
  readonly product: number;
  readonly square: number;
}

/** (tr Σ)²/tr Σ² from its traces; at least 1, ∞ where tr Σ² comes out as 0 or less. */
export function participation({ product, square }: Traces): number {
  return square > 0 ? Math.max(1, product / square) : Infinity;
}

/**
 * Estimates of (tr Σ)² (`product`) and tr Σ² (`square`) from the k ≥ 4 rows that are left, unbiased
 * under every distribution (Himeno and Yamada 2014).
 *
 * From S, the covariance with k − 1 in its denominator, tr S, tr S² and Q = Σ ‖xᵢ − x̄‖⁴/(k − 1). What
 * the rows left out take away is subtracted: O(k) for each of them.
 *
 * @param without Places that do not count, each once.
 */
export function unbiasedTraces(
  { products, count, squares, total }: CentredGram,
  without: readonly number[] = [],
): Traces {
  const k = count - without.length;
  const means = new Float64Array(count);
  let left = total;
  for (const r of without) {
    left -= 2 * squares[r];
    for (const s of without) left += products[r * count + s] ** 2;
    for (let a = 0; a < count; a++) means[a] -= products[a * count + r] / k;
  }
  const out = new Uint8Array(count);
  for (const r of without) out[r] = 1;
  let [origin, meanSquares] = [0, 0];
  for (let a = 0; a < count; a++) {
    if (out[a] === 1) continue;
    origin += means[a] / k;
    meanSquares += means[a] ** 2;
  }
  let [trace, fourth] = [0, 0];
  for (let a = 0; a < count; a++) {
    if (out[a] === 1) continue;
    const own = products[a * count + a] - 2 * means[a] + origin;
    trace += own;
    fourth += own * own;
  }
  const traceS = trace / (k - 1);
  const squareS = (left - 2 * k * meanSquares + (k * origin) ** 2) / ((k - 1) * (k - 1));
  const q = fourth / (k - 1);
  const common = (k - 1) / (k * (k - 2) * (k - 3));
  const square = common * ((k - 1) * (k - 2) * squareS + traceS * traceS - k * q);
  const product = common * (2 * squareS + (k * k - 3 * k + 1) * traceS * traceS - k * q);
  return { product, square };
}
