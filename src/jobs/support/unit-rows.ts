import type { Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';

/** The lengths that rows had, and the places of those without a direction. */
export interface Lengths {
  /** n. */
  readonly norms: Float64Array;
  /** Rows of zeros and rows that are not finite, counted from the first of the matrix. */
  readonly bad: Int32Array;
}

/** The lengths of rows; those without a direction become rows of zeros. */
export function lengthsInPlace(points: Matrix): Lengths {
  const { data, cols: d } = points;
  const norms = rowNorms(points);
  const bad: number[] = [];
  for (let i = 0; i < norms.length; i++) {
    if (norms[i] > 0 && norms[i] < Infinity) continue;
    bad.push(i);
    data.fill(0, i * d, (i + 1) * d);
  }
  return { norms, bad: Int32Array.from(bad) };
}

/** Scales rows to unit length where they lie, each element rounded once; rows without a direction become zeros. */
export function unitRowsInPlace(
  points: Matrix,
  lengths: Lengths = lengthsInPlace(points),
): Lengths {
  const { data, cols: d } = points;
  const { norms } = lengths;
  for (let i = 0; i < norms.length; i++) {
    const norm = norms[i];
    if (!(norm > 0 && norm < Infinity)) continue;
    for (let c = i * d; c < (i + 1) * d; c++) data[c] /= norm;
  }
  return lengths;
}
