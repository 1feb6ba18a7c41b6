/**
 * (tr Σ)²/tr Σ² of the covariance of rows, from unbiased traces; at least 1, ∞ where tr Σ² comes out as 0
 * or less.
 */
export function debiasedParticipation(
  gram: Float64Array,
  size: number,
  places: readonly number[],
): number {
  const { product, square } = unbiasedTraces(gram, size, places);
  return square > 0 ? Math.max(1, product / square) : Infinity;
}

/**
 * Estimates of (tr Σ)² (`product`) and tr Σ² (`square`) from k ≥ 4 rows, unbiased under every
 * distribution (Himeno and Yamada 2014).
 *
 * From S, the covariance with k − 1 in its denominator, tr S, tr S² and Q = Σ ‖xᵢ − x̄‖⁴/(k − 1).
 *
 * @param gram Inner products of the rows, about any origin; size × size.
 * @param places Which of them count.
 */
export function unbiasedTraces(
  gram: Float64Array,
  size: number,
  places: readonly number[],
): { readonly product: number; readonly square: number } {
  const k = places.length;
  const means = places.map((a) => places.reduce((sum, b) => sum + gram[a * size + b], 0) / k);
  const origin = means.reduce((sum, value) => sum + value, 0) / k;
  let [trace, squares, fourth] = [0, 0, 0];
  for (let a = 0; a < k; a++) {
    const row = places[a] * size;
    for (let b = 0; b < a; b++) {
      const inner = gram[row + places[b]] - means[a] - means[b] + origin;
      squares += 2 * inner * inner;
    }
    const own = gram[row + places[a]] - 2 * means[a] + origin;
    trace += own;
    fourth += own * own;
  }
  const traceS = trace / (k - 1);
  const squareS = (squares + fourth) / ((k - 1) * (k - 1));
  const q = fourth / (k - 1);
  const common = (k - 1) / (k * (k - 2) * (k - 3));
  const square = common * ((k - 1) * (k - 2) * squareS + traceS * traceS - k * q);
  const product = common * (2 * squareS + (k * k - 3 * k + 1) * traceS * traceS - k * q);
  return { product, square };
}
