import type { Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';

/** The lengths that rows had, and the places of those without a direction. */
export interface Lengths {
  /** n. */
  readonly norms: Float64Array;
  /** Rows of zeros and rows that are not finite, counted from the first of the matrix. */
  readonly bad: Int32Array;
}

/** Scales rows to unit length where they lie, each element rounded once; rows without a direction become zeros. */
export function unitRowsInPlace(points: Matrix): Lengths {
  const { data, cols: d } = points;
  const norms = rowNorms(points);
  const bad: number[] = [];
  for (const [i, norm] of norms.entries()) {
    const has = norm > 0 && norm < Infinity;
    if (!has) bad.push(i);
    for (let c = i * d; c < (i + 1) * d; c++) data[c] = has ? data[c] / norm : 0;
  }
  return { norms, bad: Int32Array.from(bad) };
}
