import type { Matrix } from '../../../../core/matrix.ts';
import { type Estimate, meanEstimate } from '../../../../numerics/statistics/intervals.ts';

/**
 * R = ‖Σ xᵢ‖ / √(n Σ ‖xᵢ‖²) in float64: the length of the mean of unit rows, freed of the rounding of
 * their lengths, so that identical float32 rows have R = 1 to float64 rounding. Its standard error is
 * that of the mean of ⟨xᵢ, x̄/‖x̄‖⟩ (delta method).
 */
export function meanResultant({ data, rows: n, cols: d }: Matrix): Estimate {
  const sums = new Float64Array(d);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const x = data[i * d + c];
      sums[c] += x;
      squares += x * x;
    }
  }
  let squared = 0;
  for (const sum of sums) squared += sum * sum;
  const along = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) along[i] += data[i * d + c] * sums[c];
  }
  // Rows that cancel have no mean direction: any fluctuation, of size 1/√n, lengthens the mean.
  const cancelled = squared < 1e-24 * n * n;
  const { standardError } = meanEstimate(along);
  return {
    value: Math.sqrt(squared / (n * squares)),
    standardError: cancelled ? Math.sqrt(1 / n) : standardError / Math.sqrt(squared),
  };
}
