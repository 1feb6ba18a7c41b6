import { gathered } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import { centered, meanRow } from '../../../numerics/rows/centered.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import type { Expected, Pair } from '../types.ts';
import { type Moments, simulatedExpectation } from './statistics.ts';

/** Rows whose inner products give the variance under permutation. */
const VARIANCE_ROWS = 500;
/** Multiplications that simulated permutations may cost. */
const BUDGET = 2e8;

export interface RowCosines {
  /** Of the rows that have a direction in both spaces. */
  readonly cosines: Float64Array;
  readonly zeroRows: readonly number[];
}

/** ⟨aᵢ, bᵢ⟩ of the unit rows, i = 1 … n, less those of length zero. */
export function rowCosines(pair: Pair): RowCosines {
  const { a, b, zeroRows } = pair.directions();
  const skip = new Set(zeroRows);
  const cosines: number[] = [];
  for (let i = 0; i < a.rows; i++) if (!skip.has(i)) cosines.push(rowDot(a, i, b, i));
  return { cosines: Float64Array.from(cosines), zeroRows };
}

export function zeroRowsWarning(zeroRows: readonly number[]): {
  readonly warnings?: readonly string[];
} {
  if (zeroRows.length === 0) return {};
  const listed = zeroRows.slice(0, 10).join(', ') + (zeroRows.length > 10 ? ', …' : '');
  const what = counted(zeroRows.length, 'row has', 'rows have');
  return { warnings: [`${what} length zero and no cosine: ${listed}.`] };
}

/**
 * The law of the mean row cosine when the rows of B are permuted: its mean is ⟨ā, b̄⟩ exactly; its
 * variance, Σ ⟨aᵢ − ā, bⱼ − b̄⟩²/(n²(n − 1)), is taken from a sample of the rows.
 */
export function permutedMean(pair: Pair): Moments {
  const { a, b } = pair.directions();
  const [p, q] = [meanRow(a), meanRow(b)];
  const rows = pair.someRows(VARIANCE_ROWS);
  const [x, y] = [centered(gathered(a, rows)), centered(gathered(b, rows))];
  let squares = 0;
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) squares += rowDot(x, i, y, j) ** 2;
  }
  const meanSquare = squares / Math.max(1, (x.rows - 1) * (y.rows - 1));
  let mean = 0;
  for (let c = 0; c < p.length; c++) mean += p[c] * q[c];
  return { mean, sd: Math.sqrt(meanSquare / Math.max(1, pair.n - 1)), skewness: 0 };
}

/** A statistic of the row cosines when the rows of B are permuted, simulated. */
export function permutedStatistic(
  pair: Pair,
  statistic: (cosines: Float64Array) => number,
  value: number,
): Expected {
  const { a, b } = pair.directions();
  const draws = Math.max(19, Math.min(199, Math.floor(BUDGET / (a.rows * a.cols))));
  const random = pair.random('row cosines');
  const values = Array.from({ length: draws }, (_, r) => {
    const order = random.fork(r).sample(a.rows);
    return statistic(Float64Array.from(order, (j, i) => rowDot(a, i, b, j)));
  });
  return simulatedExpectation(values, value, 'large', `permuted rows: ${draws} permutations`);
}
