import type { Matrix } from '../../../core/matrix.ts';

export interface Standardized {
  /** 1/√(variance + ε) of each column. */
  readonly inverseDeviations: Float64Array;
}

/** Each column less its mean, over √(variance + ε); the variance is that of the m rows, not an estimate. */
export function standardizeColumnsInPlace(
  { data: x, rows: m, cols: d }: Matrix,
  epsilon: number,
): Standardized {
  const means = new Float64Array(d);
  for (let i = 0; i < m; i++) for (let c = 0; c < d; c++) means[c] += x[i * d + c] / m;
  const variances = new Float64Array(d);
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < d; c++) variances[c] += (x[i * d + c] - means[c]) ** 2 / m;
  }
  const inverseDeviations = variances.map((v) => 1 / Math.sqrt(v + epsilon));
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < d; c++) {
      x[i * d + c] = (x[i * d + c] - means[c]) * inverseDeviations[c];
    }
  }
  return { inverseDeviations };
}
