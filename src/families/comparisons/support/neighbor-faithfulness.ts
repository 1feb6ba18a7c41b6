import type { Matrix } from '../../../core/matrix.ts';
import { meanOf, squaresAboutMean } from '../../../numerics/statistics/averages.ts';
import type { Compared, Pair } from '../types.ts';
import { copiesWarning } from './neighbors.ts';
import { oncePerPair } from './pair.ts';
import { permutedPenalties } from './penalty-null.ts';
import { type Lists, type RankPenalties, rankPenalties } from './rank-penalties.ts';
import { around, expectedOf } from './statistics.ts';

/** The set whose neighbours are listed, and the set that ranks them. */
export type Direction = 'of b in a' | 'of a in b';

export interface RowFaithfulness {
  readonly k: number;
  /** The rows asked about, m of the n. */
  readonly rows: Int32Array;
  /** 1 where all k neighbours listed are among the k nearest of the other set, 0 where they are the farthest rows. */
  readonly values: Float64Array;
}

/** k, or the largest number of neighbours below half of n rows: beyond, the measure is not defined. */
export function fewerThanHalf(k: number, n: number): number {
  return Math.min(k, Math.ceil(n / 2) - 1);
}

/** How true the k nearest of each row are: 1 − 2/(k(2n − 3k − 1)) Σ_j max(0, r(i, j) − k). */
export async function rowFaithfulness(
  pair: Pair,
  k: number,
  direction: Direction,
): Promise<RowFaithfulness> {
  const { lists, ranking, penalties } = await rankedSides(pair, k, direction);
  const { own } = penalties;
  const worst = worstPenalty(ranking.rows, k);
  return { k, rows: lists.rows, values: own.map((penalty) => 1 - penalty / worst) };
}

/** Σ (r − k) where the k listed rows are the farthest: k(2n − 3k − 1)/2. */
function worstPenalty(n: number, k: number): number {
  return (k * (2 * n - 3 * k - 1)) / 2;
}

/** Its mean over rows, with an interval and its law when the rows of B are permuted. */
export async function meanFaithfulness(
  pair: Pair,
  wanted: number,
  direction: Direction,
): Promise<Compared> {
  const n = pair.all.a.rows;
  if (n < 3) return { value: NaN, warnings: [`needs 3 rows; got ${n}.`] };
  const k = fewerThanHalf(wanted, n);
  const { lists, ranking, listed, penalties } = await rankedSides(pair, k, direction);
  const law = await permutedPenalties(pair, lists, ranking);
  const worst = worstPenalty(n, k);
  const value = 1 - meanOf(penalties.own) / worst;
  const standardError = penaltyError(lists.rows, penalties) / worst;
  const moments = { mean: 1 - law.mean / worst, sd: law.sd / worst, skewness: 0 };
  const few =
    k < wanted ? [`${k} neighbours instead of ${wanted}: fewer than half of ${n} rows.`] : [];
  return {
    value,
    ...around(value, standardError, 0, 1),
    null: expectedOf(moments, value, 'permuted rows: exact mean, variance with hubs and outliers'),
    warnings: [...few, ...copiesWarning(lists, listed, direction === 'of b in a' ? 'B' : 'A')],
  };
}

/**
 * Standard error of the mean penalty for rows drawn like these, m of n asked about: by the jackknife, in which a row
 * counts by its own penalty and by what it does to those of others, with the error of asking m rows only.
 */
function penaltyError(rows: Int32Array, { own, caused }: RankPenalties): number {
  const m = rows.length;
  const [even, odd] = caused;
  const n = even.length;
  const ownVariance = squaresAboutMean(own) / Math.max(1, m - 1);
  // Two halves of the rows asked about see the same rows: what they agree on is not chance.
  const scale = n / m;
  const both = even.map((x, j) => scale * (x + odd[j]));
  const shared = 4 * scale ** 2 * covariance(even, odd);
  const withOwn = covariance(
    own,
    Float64Array.from(rows, (row) => both[row]),
  );
  const variance = Math.max(ownVariance, ownVariance + 2 * withOwn + Math.max(0, shared));
  return Math.sqrt(variance / n + (ownVariance * (1 - m / n)) / m);
}

function covariance(x: Float64Array, y: Float64Array): number {
  const [a, b] = [meanOf(x), meanOf(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - a) * (y[i] - b);
  return sum / Math.max(1, x.length - 1);
}

interface RankedSides {
  readonly lists: Lists;
  /** The set in which the lists were looked up. */
  readonly listed: Matrix;
  /** The set that ranks them. */
  readonly ranking: Matrix;
  readonly penalties: RankPenalties;
}

/** Asked for as numbers and by row: computed once for a pair. */
const knownSides = oncePerPair(() => new Map<string, Promise<RankedSides>>());

function rankedSides(pair: Pair, k: number, direction: Direction): Promise<RankedSides> {
  const known = knownSides(pair);
  const key = `${k} ${direction}`;
  const sides = known.get(key) ?? computedSides(pair, k, direction);
  known.set(key, sides);
  return sides;
}

async function computedSides(pair: Pair, k: number, direction: Direction): Promise<RankedSides> {
  const { all } = pair.evened();
  const { rows, a, b } = await pair.neighbors(k, 'euclidean');
  const [indices, listed, ranking] =
    direction === 'of b in a' ? [b, all.b, all.a] : [a, all.a, all.b];
  const lists = { rows, k, indices };
  const penalties = await rankPenalties(ranking, lists, pair.engine, pair.work);
  return { lists, listed, ranking, penalties };
}
