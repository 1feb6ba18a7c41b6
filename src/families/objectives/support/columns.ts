import type { Matrix } from '../../../core/matrix.ts';

/** The mean of every column. */
export function columnMeans({ data, rows: n, cols: d }: Matrix): Float64Array {
  const means = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) means[c] += data[i * d + c];
  }
  for (let c = 0; c < d; c++) means[c] /= n;
  return means;
}

/** scale·(X − means), n × d. */
export function centeredInto(
  { data, rows: n, cols: d }: Matrix,
  means: Float64Array,
  scale: number,
  out: Matrix,
): void {
  const to = out.data;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) to[i * d + c] = scale * (data[i * d + c] - means[c]);
  }
}
