import type { Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';

/** ⟨xᵢ, xᵢ₊₁⟩ of each row with the next one; n − 1 values. */
export function successiveProducts({ data, rows: n, cols: d }: Matrix): Float64Array {
  return Float64Array.from({ length: Math.max(0, n - 1) }, (_, i) => {
    let sum = 0;
    for (let c = i * d; c < (i + 1) * d; c++) sum += data[c] * data[c + d];
    return sum;
  });
}

/** The cosine of each row with the next one; 0 beside a row of zeros; n − 1 values. */
export function successiveCosines(rows: Matrix): Float64Array {
  const norms = rowNorms(rows);
  return successiveProducts(rows).map((x, i) => {
    const lengths = norms[i] * norms[i + 1];
    return lengths > 0 ? x / lengths : 0;
  });
}
