import type { Floats, Matrix } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';

/** Kolmogorov and Smirnov’s distance from uniform of the logistic function of each column, on average. */
export function meanDistanceFromUniform({ data, rows: n, cols: d }: Matrix): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const values = Float64Array.from({ length: n }, (_, i) => 1 / (1 + exp(-data[i * d + c])));
    let most = 0;
    for (const [i, value] of values.sort().entries())
      most = Math.max(most, value - i / n, (i + 1) / n - value);
    sum += most / d;
  }
  return sum;
}

/** Of two columns, on average over the pairs. */
export function meanAbsoluteCorrelation({ data, rows: n, cols: d }: Matrix): number {
  const columns = Array.from({ length: d }, (_, c) => standardized(data, n, d, c));
  let sum = 0;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      let product = 0;
      for (let i = 0; i < n; i++) product += columns[a][i] * columns[b][i];
      sum += Math.abs(product);
    }
  }
  return sum / ((d * (d - 1)) / 2);
}

/** Column c less its mean, of length 1; zeros where it is constant. */
function standardized(data: Floats, n: number, d: number, c: number): Float64Array {
  const column = Float64Array.from({ length: n }, (_, i) => data[i * d + c]);
  const mean = column.reduce((total, value) => total + value, 0) / n;
  const length = Math.sqrt(column.reduce((total, value) => total + (value - mean) ** 2, 0));
  return column.map((value) => (length > 0 ? (value - mean) / length : 0));
}

/** The estimate from spacings of m places, of the numbers themselves. */
export function spacingEntropy(values: Float64Array, m: number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i + m < n; i++) sum += Math.log(((n + 1) / m) * (sorted[i + m] - sorted[i]));
  return sum / (n - m);
}
