import { gathered, type Matrix } from '../../../core/matrix.ts';
import { spearman } from '../../../core/ranks.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { spearmanInterval } from '../../../numerics/statistics/intervals.ts';
import type { HeldOutPairs } from './held-out-pairs.ts';
import type { Interval } from './recall-interval.ts';

const NEAR = 10;
const MOST_ROWS = 100;
const FEWEST_PAIRS = 30;

/** Rows of A that the map is likely to serve worst. */
export interface FirstRows {
  /** Rows without a partner, the worst first, 100 at most; none where the prediction does not hold on pairs held out. */
  readonly rows: readonly number[];
  readonly by: string;
  /** Between prediction and rank of the partner, over pairs held out: Spearman's. */
  readonly rankCorrelation: Interval | null;
}

/** Predicts the error of a row by that of the pairs near it in A, held out, and says how well that does on these pairs. */
export async function firstRows(
  a: Matrix,
  heldOut: HeldOutPairs,
  paired: Int32Array,
  context: { readonly engine: Engine; readonly work: Work },
): Promise<FirstRows> {
  const by = `mean held-out 1 − cosine of the ${NEAR} nearest pairs in A`;
  const n = heldOut.pairs.a.length;
  if (n < FEWEST_PAIRS) return { rows: [], by, rankCorrelation: null };
  const { engine, work } = context;
  const unit = unitOrZeroRows(a).points;
  const known = gathered(unit, heldOut.pairs.a);
  const near = (asked: Matrix, k: number) => engine.nearestAmong(asked, known, k, work);
  const own = await near(known, Math.min(n, 2 * NEAR));
  const predicted = meanOfNear(own.indices, own.k, heldOut, heldOut.groups);
  const value = spearman(predicted, heldOut.above);
  if (!Number.isFinite(value)) return { rows: [], by, rankCorrelation: null };
  const rankCorrelation = { value, ...spearmanInterval(value, n) };
  const isPaired = new Set(paired);
  const others = Int32Array.from({ length: a.rows }, (_, row) => row).filter(
    (row) => !isPaired.has(row),
  );
  if (!(rankCorrelation.low > 0) || others.length === 0) return { rows: [], by, rankCorrelation };
  const nearest = await near(gathered(unit, others), NEAR);
  const scores = meanOfNear(nearest.indices, nearest.k, heldOut);
  const order = Array.from(others, (_, at) => at).sort((i, j) => scores[j] - scores[i] || i - j);
  return { rows: order.slice(0, MOST_ROWS).map((at) => others[at]), by, rankCorrelation };
}

/** The mean residual of the first ten near pairs, those of the row's own group left out. */
function meanOfNear(
  indices: Int32Array,
  k: number,
  { residual, groups }: HeldOutPairs,
  own?: Int32Array,
): Float64Array {
  return Float64Array.from({ length: indices.length / k }, (_, i) => {
    const near = indices
      .subarray(i * k, (i + 1) * k)
      .filter((at) => own === undefined || groups[at] !== own[i])
      .subarray(0, NEAR);
    return near.reduce((sum, at) => sum + residual[at], 0) / near.length;
  });
}
