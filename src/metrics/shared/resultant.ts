import type { Matrix } from '../../core/matrix.ts';

/**
 * R = ‖Σ xᵢ‖ / √(n Σ ‖xᵢ‖²) in float64: the length of the mean of unit rows, freed of the rounding of
 * their lengths, so that identical float32 rows have R = 1 to float64 rounding.
 */
export function meanResultant({ data, rows: n, cols: d }: Matrix): number {
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
  return Math.sqrt(squared / (n * squares));
}
