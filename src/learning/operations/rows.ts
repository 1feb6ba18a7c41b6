import type { Floats } from '../../core/matrix.ts';

/** Adds `row` to every row of x. */
export function addToRows(x: Floats, row: Floats): void {
  const d = row.length;
  for (let start = 0; start < x.length; start += d) {
    for (let c = 0; c < d; c++) x[start + c] += row[c];
  }
}

/** The sum of the rows of x, into `row`. */
export function sumOfRows(x: Floats, row: Floats): void {
  const d = row.length;
  const sums = new Float64Array(d);
  for (let start = 0; start < x.length; start += d) {
    for (let c = 0; c < d; c++) sums[c] += x[start + c];
  }
  row.set(sums);
}
