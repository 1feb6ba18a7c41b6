import type { Matrix } from '../../core/matrix.ts';

/** Σ x, row after row, in float64. */
export function sumOfRows({ data, cols: d }: Matrix): Float64Array {
  const sum = new Float64Array(d);
  for (let e = 0; e < data.length; ) for (let c = 0; c < d; c++, e++) sum[c] += data[e];
  return sum;
}
