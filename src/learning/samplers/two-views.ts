import type { Floats, Matrix } from '../../core/matrix.ts';
import { zerosLike } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** Writes a view of a row: the row turned, cut, blurred. */
export type View = (row: Floats, out: Floats, random: Random) => void;

/** Two views of n rows: the first in rows 0 … n − 1, the second in rows n … 2n − 1. */
export interface TwoViews {
  readonly points: Matrix;
  /** For each of the 2n rows the row of the other view. */
  readonly partners: Int32Array;
}

/**
 * Two views of each row of a batch, 2n × d. The stream of a view depends on its place in the batch and on nothing that
 * others draw.
 */
export function twoViews(batch: Matrix, view: View, random: Random): TwoViews {
  const { data, rows: n, cols: d } = batch;
  const points = zerosLike({ data, rows: 2 * n, cols: d });
  for (let i = 0; i < 2 * n; i++) {
    const from = (i % n) * d;
    view(data.subarray(from, from + d), points.data.subarray(i * d, (i + 1) * d), random.fork(i));
  }
  return { points, partners: Int32Array.from({ length: 2 * n }, (_, i) => (i + n) % (2 * n)) };
}
