import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { Parts } from '../types.ts';

/** How sure each token is of a class, in [0, 1] over the tokens; ½ where all are as sure. */
export function confidences(
  a: Matrix,
  classes: Matrix,
  own: number,
  attention: Matrix | undefined,
): Float64Array {
  const shares = Float64Array.from({ length: a.rows }, (_, i) =>
    attention ? attention.data[i * attention.cols + own] : shareOf(a, i, classes, own),
  );
  const low = shares.reduce((least, x) => Math.min(least, x), Infinity);
  const high = shares.reduce((most, x) => Math.max(most, x), -Infinity);
  return shares.map((x) => (high > low ? (x - low) / (high - low) : 0.5));
}

/** The softmax share of a class among all for one token. */
function shareOf(a: Matrix, i: number, classes: Matrix, own: number): number {
  const products = Float64Array.from({ length: classes.rows }, (_, c) => rowDot(a, i, classes, c));
  const sum = products.reduce((all, x) => all + exp(x - products[own]), 0);
  return 1 / sum;
}

/** How alike tokens are in all that is known of them, p × p, rows of sum 1. */
export function hybridAffinity(
  a: Matrix<Float64Array>,
  { features, affinity }: Parts['cues'],
  { sharpness, bandwidth }: { readonly sharpness: number; readonly bandwidth: number },
): Matrix<Float64Array> {
  const { points } = unitOrZeroRows(a);
  const p = a.rows;
  const out = zeros64(p, p);
  const near = features ? closeness(features, bandwidth) : undefined;
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = 0; j < p; j++) {
      const cosine = i === j ? 1 : Math.max(0, rowDot(points, i, points, j));
      const like = sharpness === 0 ? 1 : cosine > 0 ? exp(sharpness * log(cosine)) : 0;
      const at = i * p + j;
      out.data[at] = like * (near ? near.data[at] : 1) * (affinity ? affinity.data[at] : 1);
      sum += out.data[at];
    }
    // A token that nothing is like, not even itself by its own account, keeps what it has.
    if (sum === 0) [out.data[i * p + i], sum] = [1, 1];
    for (let j = 0; j < p; j++) out.data[i * p + j] /= sum;
  }
  return out;
}

/** e^{−‖f − g‖²/(2bσ²)}, σ² the mean squared distance. */
function closeness(features: Matrix<Float64Array>, bandwidth: number): Matrix<Float64Array> {
  const { data, rows: p, cols: f } = features;
  const out = zeros64(p, p);
  let total = 0;
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      let gap = 0;
      for (let c = 0; c < f; c++) gap += (data[i * f + c] - data[j * f + c]) ** 2;
      out.data[i * p + j] = gap;
      total += gap;
    }
  const scale = total > 0 ? (p * (p - 1)) / (2 * bandwidth * total) : 0;
  out.data.forEach((gap, at) => {
    out.data[at] = exp(-gap * scale);
  });
  return out;
}

/** Hᵗx. */
export function propagated(
  { data, rows: p }: Matrix<Float64Array>,
  map: Float64Array,
  steps: number,
): Float64Array {
  let now = map;
  for (let step = 0; step < steps; step++) {
    const before = now;
    now = Float64Array.from({ length: p }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += data[i * p + j] * before[j];
      return sum;
    });
  }
  return now;
}
