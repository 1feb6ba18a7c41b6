/** ‖x_i − sign·x_j‖ of the rows that begin there, from differences. */
export function chordBetween(
  x: Float64Array,
  i: number,
  j: number,
  d: number,
  sign: number,
): number {
  let squared = 0;
  for (let k = 0; k < d; k++) {
    const difference = x[i + k] - sign * x[j + k];
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
