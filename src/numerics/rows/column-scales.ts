import type { Matrix } from '../../core/matrix.ts';
import { meanRow } from './centered.ts';

/** What standardizes columns: z = (x − mean)·inverse, column by column. */
export interface ColumnScales {
  /** d; of a constant column its number, to the bit. */
  readonly mean: Float64Array;
  /** 1/√(1/n Σ (xᵢ − mean)²); 0 for a constant column, which then becomes 0. */
  readonly inverse: Float64Array;
  /** Columns that are constant. */
  readonly constant: readonly number[];
}

/** The mean of each column; of a constant one its number, to the bit, from which the mean of equal numbers may differ. */
export function columnMeans(points: Matrix): Float64Array {
  const { data, rows: n, cols: d } = points;
  const mean = meanRow(points);
  for (let c = 0; c < d; c++) {
    let at = c + d;
    // Of most columns the second number differs from the first.
    while (at < n * d && data[at] === data[c]) at += d;
    if (at >= n * d) mean[c] = data[c];
  }
  return mean;
}

/** The mean of each column and the inverse of its standard deviation, in float64. */
export function columnScales(points: Matrix): ColumnScales {
  const { data, rows: n, cols: d } = points;
  const mean = meanRow(points);
  const squares = new Float64Array(d);
  const varies = new Uint8Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const x = data[i * d + c];
      squares[c] += (x - mean[c]) ** 2;
      // By comparison: the mean of equal numbers may differ from them in the last place.
      if (x !== data[c]) varies[c] = 1;
    }
  }
  for (let c = 0; c < d; c++) if (!varies[c]) mean[c] = data[c];
  const inverse = squares.map((sum, c) => (varies[c] ? 1 / Math.sqrt(sum / n) : 0));
  const constant = Array.from(varies.keys()).filter((c) => !varies[c]);
  return { mean, inverse, constant };
}

/** Every column times its factor, in place. */
export function scaleColumnsInPlace({ data, cols: d }: Matrix, factors: Float64Array): void {
  for (let e = 0; e < data.length; e++) data[e] *= factors[e % d];
}
