import type { Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';

/** Rows that say where the numbers of a column lie: 16 levels fitted to them lose a 500th more than those of all rows. */
const ENOUGH = 2 ** 13;

/** Which rows stand for all where a column is sorted: all, or that many drawn ones. */
export function rowsToSort(rows: number, random: Random): Int32Array {
  if (rows <= ENOUGH) return Int32Array.from({ length: rows }, (_, i) => i);
  return random.fork('rows').sample(rows).subarray(0, ENOUGH);
}

/** The numbers of column c in those rows, ascending. */
export function sortedColumn(
  { data, cols: d }: Matrix,
  c: number,
  rows: ArrayLike<number>,
): Float64Array {
  const column = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) column[i] = data[rows[i] * d + c];
  return column.sort();
}

/** The number below which a share of the sorted ones lies, linear between neighbours. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const next = sorted[Math.min(low + 1, sorted.length - 1)];
  return sorted[low] + (place - low) * (next - sorted[low]);
}

interface Ends {
  /** d numbers each. */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** The least and the largest number of each column. */
export function columnEnds({ data, rows, cols: d }: Matrix): Ends {
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  for (let e = 0; e < rows * d; e += d) {
    for (let c = 0; c < d; c++) {
      least[c] = Math.min(least[c], data[e + c]);
      most[c] = Math.max(most[c], data[e + c]);
    }
  }
  return { least, most };
}

/** The same on both sides of 0: ±max |x|. */
export function symmetricEnds(points: Matrix): Ends {
  const { least, most } = columnEnds(points);
  const size = most.map((top, c) => Math.max(top, -least[c]));
  return { least: size.map((x) => -x), most: size };
}
