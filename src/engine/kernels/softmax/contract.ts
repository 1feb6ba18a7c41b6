/**
 * softmax: rows xᵢ, n × c → pᵢ = softmax(xᵢ) in place, and the n numbers log Σ_j exp(x_ij).
 *
 * Sums are float64. `reference` computes in float64; the others take float32 exponentials, to 2 units in the last
 * place. −∞ has no share. A row with NaN or +∞, or of −∞ alone, becomes NaN.
 */
export function logSums(found: Float64Array): Float64Array {
  return Float64Array.from(
    { length: found.length / 2 },
    (_, i) => found[2 * i] + Math.log(found[2 * i + 1]),
  );
}
