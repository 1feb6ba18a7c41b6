import { log } from '../../core/numeric.ts';

/** A line through (ln k, ln λ_k). */
export interface PowerLaw {
  /** λ_k ∝ k^(−α). */
  readonly alpha: number;
  /** Share of the variance of ln λ that the line explains, ranks weighted as in the fit. */
  readonly r2: number;
  /** ∂α/∂λ_k. */
  readonly slopes: Float64Array;
}

/** The line of least squares over the ranks first … last (from 1), rank k weighted by 1/k; NaN from one. */
export function powerLawFit(values: Float64Array, first: number, last: number): PowerLaw {
  let weights = 0;
  let x = 0;
  let y = 0;
  for (let k = first; k <= last; k++) {
    weights += 1 / k;
    x += log(k) / k;
    y += log(values[k - 1]) / k;
  }
  x /= weights;
  y /= weights;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let k = first; k <= last; k++) {
    const [dx, dy] = [log(k) - x, log(values[k - 1]) - y];
    xx += (dx * dx) / k;
    xy += (dx * dy) / k;
    yy += (dy * dy) / k;
  }
  const slopes = new Float64Array(values.length);
  for (let k = first; k <= last; k++) slopes[k - 1] = -(log(k) - x) / (k * xx * values[k - 1]);
  return { alpha: -xy / xx, r2: yy > 0 ? (xy * xy) / (xx * yy) : 1, slopes };
}
