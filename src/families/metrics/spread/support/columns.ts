import type { Matrix } from '../../../../core/matrix.ts';
import type { RowMoments, Space } from '../../../../structures/space/types.ts';

/** Moments of each column of unit rows; d values each. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  /** Mean square: the share of the squared length that the column carries. */
  readonly share: Float64Array;
  /** Standard error of the share. */
  readonly error: Float64Array;
}

export async function columnMomentsOf(space: Space): Promise<ColumnMoments> {
  const moments = await space.moments?.();
  return moments ? ofMoments(moments, space.points.rows) : columnMoments(space.points);
}

/** The same from sums over all rows. */
function ofMoments({ sum, gram, fourth }: RowMoments, n: number): ColumnMoments {
  const d = sum.length;
  const share = Float64Array.from({ length: d }, (_, c) => gram.data[c * d + c] / n);
  return {
    mean: sum.map((own) => own / n),
    share,
    error: errorsOf(
      share,
      fourth.map((own) => own / n),
      n,
    ),
  };
}

export function columnMoments({ data, rows: n, cols: d }: Matrix): ColumnMoments {
  const mean = new Float64Array(d);
  const share = new Float64Array(d);
  const fourth = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const x = data[i * d + c];
      mean[c] += x / n;
      share[c] += (x * x) / n;
      fourth[c] += (x * x * x * x) / n;
    }
  }
  return { mean, share, error: errorsOf(share, fourth, n) };
}

function errorsOf(share: Float64Array, fourth: Float64Array, n: number): Float64Array {
  return share.map((m, c) => Math.sqrt(Math.max(0, fourth[c] - m * m) / Math.max(1, n - 1)));
}

/** Columns by value, largest first; equal ones by number. */
export function byValue(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
}

/** One value for each column. */
export function columnSeries(y: Float64Array, yName: string) {
  return { x: Float64Array.from(y.keys()), y, xName: 'column', yName };
}
