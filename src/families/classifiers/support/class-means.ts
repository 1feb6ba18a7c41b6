import { type Matrix, zeros64 } from '../../../core/matrix.ts';

/** C × d means of the rows of each class, which all have some. */
export function classMeans(
  { data, cols: d }: Matrix,
  of: Int32Array,
  classes: number,
): Matrix<Float64Array> {
  const means = zeros64(classes, d);
  const counts = new Float64Array(classes);
  for (const [i, c] of of.entries()) {
    counts[c] += 1;
    for (let k = 0; k < d; k++) means.data[c * d + k] += data[i * d + k];
  }
  for (let e = 0; e < means.data.length; e++) means.data[e] /= counts[Math.floor(e / d)];
  return means;
}
