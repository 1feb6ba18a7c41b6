import type { Factor } from './matmul.ts';

export interface Scoring {
  /** Whether query i sees the keys 0 … i alone. */
  readonly causal: boolean;
  /** What scores are multiplied with. */
  readonly scale: number;
}

/** Rows of scores become probabilities, 0 where a key is not seen; `logSums` gets log Σ exp of each row. */
export function softmaxInPlace(
  [scores, queries, keys]: Factor,
  { causal, scale }: Scoring,
  logSums: Float64Array,
): void {
  for (let i = 0; i < queries; i++) {
    const start = i * keys;
    const end = start + (causal ? Math.min(i + 1, keys) : keys);
    let top = Number.NEGATIVE_INFINITY;
    for (let e = start; e < end; e++) if (scores[e] > top) top = scores[e];
    let total = 0;
    for (let e = start; e < end; e++) {
      const p = Math.exp(scale * (scores[e] - top));
      scores[e] = p;
      total += p;
    }
    for (let e = start; e < end; e++) scores[e] /= total;
    scores.fill(0, end, start + keys);
    logSums[i] = scale * top + Math.log(total);
  }
}

/** The same probabilities once the sums are known. */
export function probabilitiesInPlace(
  [scores, queries, keys]: Factor,
  { causal, scale }: Scoring,
  logSums: Float64Array,
): void {
  for (let i = 0; i < queries; i++) {
    const start = i * keys;
    const end = start + (causal ? Math.min(i + 1, keys) : keys);
    for (let e = start; e < end; e++) scores[e] = Math.exp(scale * scores[e] - logSums[i]);
    scores.fill(0, end, start + keys);
  }
}

/** ∂L/∂p becomes ∂L/∂(q·k): p·(∂L/∂p − ⟨gᵢ, yᵢ⟩)·scale. */
export function slopesInPlace(
  [slopes, queries, keys]: Factor,
  [p]: Factor,
  scale: number,
  [g, , width]: Factor,
  [y]: Factor,
): void {
  for (let i = 0; i < queries; i++) {
    let along = 0;
    for (let c = i * width; c < (i + 1) * width; c++) along += g[c] * y[c];
    for (let e = i * keys; e < (i + 1) * keys; e++) slopes[e] = p[e] * (slopes[e] - along) * scale;
  }
}
