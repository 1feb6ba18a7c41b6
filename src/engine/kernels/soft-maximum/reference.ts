import { exp, log } from '../../../core/numeric.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';
import type { OverlapShape } from '../overlap/contract.ts';

/**
 * softMaximum: with v the cosines (for lines, their squares) of all pairs of n unit rows, i > j,
 * i ≥ frozen, the smooth maximum m + ln(Σ exp(β(v − m)))/β, m the largest v, and its Riemannian gradient
 * into `gradient`; rows before `frozen` get 0.
 *
 * This is float64; the WebAssembly kernel sums products in float32, good to about 1e-6.
 */
export function softMaximum(
  { n, d, frozen, lines }: OverlapShape,
  x: Float64Array,
  beta: number,
  gradient: Float64Array,
): number {
  const first = Math.max(1, frozen);
  let largest = -2;
  for (let i = first; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const product = fourSumDot(x, i * d, x, j * d, d);
      largest = Math.max(largest, lines ? product ** 2 : product);
    }
  }
  gradient.fill(0);
  let total = 0;
  for (let i = first; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const product = fourSumDot(x, i * d, x, j * d, d);
      const term = exp(beta * ((lines ? product ** 2 : product) - largest));
      total += term;
      const push = lines ? 2 * product * term : term;
      for (let k = 0; k < d; k++) {
        gradient[i * d + k] += push * x[j * d + k];
        gradient[j * d + k] += push * x[i * d + k];
      }
    }
  }
  toTangent(x, gradient, 1 / total, { d, frozen });
  return largest + log(total) / beta;
}

/** Scales the rows of `gradient` and takes away their parts along those of `x`; frozen rows become 0. */
export function toTangent(
  x: Float64Array,
  gradient: Float64Array,
  factor: number,
  { d, frozen }: { readonly d: number; readonly frozen: number },
): void {
  gradient.fill(0, 0, frozen * d);
  for (let i = frozen * d; i < x.length; i += d) {
    let radial = 0;
    for (let k = i; k < i + d; k++) radial += gradient[k] * x[k];
    for (let k = i; k < i + d; k++) gradient[k] = factor * (gradient[k] - radial * x[k]);
  }
}
