import type { Floats } from '../../../core/matrix.ts';

/**
 * sort-rows: values s × n → s × n indices (Int32Array); row by row, the order that sorts the values
 * ascending. This compares entries a and b of one row: equal values (−0 and 0 are equal) keep the
 * lower index first; NaN sorts last.
 */
export function compareInRow(v: Floats, a: number, b: number): number {
  if (v[a] < v[b]) return -1;
  if (v[a] > v[b]) return 1;
  if (v[a] === v[b]) return a - b;
  return Number(Number.isNaN(v[a])) - Number(Number.isNaN(v[b])) || a - b;
}
