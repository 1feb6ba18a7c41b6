import type { Matrix } from '../../../../core/matrix.ts';
import { type Estimate, meanEstimate } from '../../../../numerics/statistics/intervals.ts';
import type { RowMoments, Space } from '../../../../structures/space/types.ts';

/**
 * R = ‖Σ xᵢ‖ / √(n Σ ‖xᵢ‖²) in float64: the length of the mean of unit rows, freed of the rounding of
 * their lengths, so that identical float32 rows have R = 1 to float64 rounding. Its standard error is
 * that of the mean of ⟨xᵢ, x̄/‖x̄‖⟩ (delta method).
 */
export async function resultantOf(space: Space): Promise<Estimate> {
  const moments = await space.moments?.();
  return moments ? resultantOfMoments(moments, space.points.rows) : meanResultant(space.points);
}

/** The same from Σ x and XᵀX: Σᵢ ⟨xᵢ, s⟩² = sᵀXᵀX s. */
function resultantOfMoments({ sum, gram }: RowMoments, n: number): Estimate {
  const d = sum.length;
  let [squares, squared, along] = [0, 0, 0];
  for (let a = 0; a < d; a++) {
    squares += gram.data[a * d + a];
    squared += sum[a] * sum[a];
    for (let b = 0; b < d; b++) along += sum[a] * gram.data[a * d + b] * sum[b];
  }
  const cancelled = squared < 1e-24 * n * n;
  // Equal rows may leave a variance just below 0.
  const variance = Math.max(0, along - (squared * squared) / n) / (n - 1);
  return {
    value: Math.sqrt(squared / (n * squares)),
    standardError: Math.sqrt(cancelled ? 1 / n : variance / n / squared),
  };
}

function meanResultant({ data, rows: n, cols: d }: Matrix): Estimate {
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
