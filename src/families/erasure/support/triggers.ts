import type { Matrix } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';

/** What a guard finds in rows. */
export interface Triggers {
  /** 1 where a row brings its set nearer to the concept, n. */
  readonly flagged: Uint8Array;
  /** How far the mean of the other rows of its set lies from the span of the concept, n; NaN where a row is alone. */
  readonly distances: Float64Array;
  /** The share of each row's squared length that lies in the span, n; 0 for rows of zeros. */
  readonly shares: Float64Array;
}

/**
 * Rows of each set without which it lies farther from the concept: zᵢ ≥ (1 + α)·(mean of the other z), with zᵢ the distance
 * between the mean of the other rows and the span.
 */
export function triggersIn(
  { settings, arrays: { writes } }: Fitted,
  rows: Matrix,
  offsets: Int32Array,
): Triggers {
  const { rows: n, cols: d } = rows;
  const flagged = new Uint8Array(n);
  const distances = new Float64Array(n).fill(Number.NaN);
  const { residuals, shares } = outsideOf(writes, rows);
  const alpha = Number(settings['alpha']);
  const sum = new Float64Array(d);
  for (let s = 0; s + 1 < offsets.length; s++) {
    const [from, to] = [offsets[s], offsets[s + 1]];
    // A row alone has no set that it could be missing from.
    if (to - from < 2) continue;
    sum.fill(0);
    for (let e = from * d; e < to * d; e++) sum[e % d] += residuals[e];
    let total = 0;
    for (let i = from; i < to; i++) {
      let square = 0;
      for (let c = 0; c < d; c++) square += (sum[c] - residuals[i * d + c]) ** 2;
      distances[i] = Math.sqrt(square) / (to - from - 1);
      total += distances[i];
    }
    for (let i = from; i < to; i++) {
      const others = (total - distances[i]) / (to - from - 1);
      if (distances[i] >= (1 + alpha) * others && shares[i] > 0) flagged[i] = 1;
    }
  }
  return { flagged, distances, shares };
}

/** What is left of rows outside of a span of orthonormal rows, and the share of their squares that is inside. */
export function outsideOf(
  { data: basis, rows: q }: Matrix,
  { data, rows: n, cols: d }: Matrix,
): { readonly residuals: Float64Array; readonly shares: Float64Array } {
  const residuals = Float64Array.from(data);
  const shares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let [inside, all] = [0, 0];
    for (let c = 0; c < d; c++) all += data[i * d + c] ** 2;
    for (let k = 0; k < q; k++) {
      let amount = 0;
      for (let c = 0; c < d; c++) amount += basis[k * d + c] * data[i * d + c];
      for (let c = 0; c < d; c++) residuals[i * d + c] -= amount * basis[k * d + c];
      inside += amount * amount;
    }
    shares[i] = all > 0 ? Math.min(1, inside / all) : 0;
  }
  return { residuals, shares };
}
