import { gathered, type Matrix } from '../../../core/matrix.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';
import type { Pair } from '../types.ts';
import type { Lists } from './rank-penalties.ts';

/** Rows whose ranks among one another say how they vary. */
const RANKED_ROWS = 500;

/**
 * Mean and standard deviation of the mean penalty of a row, (1/m) Σᵢ Σ_j max(0, r(π(i), π(j)) − k), over permutations π.
 *
 * A listed row has any rank in 1 … n − 1 with the same probability: the mean is exact; equal distances, which share
 * the best of their ranks, make it less by what they do among 500 rows. The variance has three parts: the ranks that a row happens to list; rows that are listed often and happen to be far from
 * all others (what c_j, the mean penalty of row j, has in variance); pairs of rows that list each other, as
 * r(i, j) and r(j, i) go together. The last two are seen on 500 rows.
 */
export async function permutedPenalties(
  pair: Pair,
  lists: Lists,
  points: Matrix,
): Promise<{ readonly mean: number; readonly sd: number }> {
  const { rows, k, indices } = lists;
  const m = rows.length;
  const n = points.rows;
  const others = n - 1;
  const beyond = others - k;
  const { columns, mutual, tied } = await sharedPenalties(pair, points, k);
  const mean = (tied.mean * (beyond * (beyond + 1))) / (2 * others);
  const square = (tied.square * (beyond * (beyond + 1) * (2 * beyond + 1))) / (6 * others);
  const variance = square - mean ** 2;
  const own = m * k * Math.max(0, variance - columns) * ((others - k) / Math.max(1, others - 1));
  const far = n * occurrenceVariance(indices, n) * columns * (n / Math.max(1, n - 1));
  const pairs = 2 * mutualPairs(lists) * mutual;
  return { mean: k * mean, sd: Math.sqrt(Math.max(0, own + far + pairs)) / m };
}

/** What the penalties of all pairs have in common. */
interface SharedPenalties {
  /** Variance of c_j over rows j. */
  readonly columns: number;
  /** Covariance of what is left of the penalties of (i, j) and (j, i). */
  readonly mutual: number;
  /** What equal distances leave of the mean penalty and of the mean square: 1 without any. */
  readonly tied: { readonly mean: number; readonly square: number };
}

async function sharedPenalties(pair: Pair, points: Matrix, k: number): Promise<SharedPenalties> {
  const n = points.rows;
  const s = Math.min(n, RANKED_ROWS);
  const rows = s === n ? undefined : pair.random('ranked rows').sample(n, s);
  const some = centered(rows ? gathered(points, rows) : points);
  const products = await pair.engine.matmul(some, some, true, { signal: pair.work.signal });
  const penalties = penaltiesAmong(products, squaredLengths(some), k, (n - 1) / (s - 1));
  const mean = new Float64Array(s);
  let total = 0;
  for (let i = 0; i < s; i++)
    for (let j = 0; j < s; j++) if (i !== j) mean[j] += penalties[i * s + j] / (s - 1);
  for (let j = 0; j < s; j++) total += mean[j] / s;
  let [columns, within, mutual] = [0, 0, 0];
  for (let j = 0; j < s; j++) {
    columns += (mean[j] - total) ** 2 / Math.max(1, s - 1);
    for (let i = 0; i < s; i++) {
      if (i === j) continue;
      const left = penalties[i * s + j] - mean[j];
      within += left ** 2 / (s * Math.max(1, s - 2));
      mutual += (left * (penalties[j * s + i] - mean[i])) / (s * (s - 1));
    }
  }
  // What s − 1 ranks leave uncertain in the mean of a column is not its own; where all rows are there, it is exact.
  const noise = s === n ? 0 : within / (s - 1);
  const scale = (n - 1) / (s - 1);
  return { columns: Math.max(0, columns - noise), mutual, tied: tiedShare(penalties, s, k, scale) };
}

/** Sums of the penalties and of their squares, over those of ranks that all differ. */
function tiedShare(penalties: Float64Array, s: number, k: number, scale: number) {
  const sums = { mean: 0, square: 0 };
  const apart = { mean: 0, square: 0 };
  for (const penalty of penalties) {
    sums.mean += penalty;
    sums.square += penalty ** 2;
  }
  for (let r = 1; r < s; r++) {
    const penalty = Math.max(0, scaledRank(r, scale) - k);
    apart.mean += s * penalty;
    apart.square += s * penalty ** 2;
  }
  // Sums of the same numbers in another order: what differs in the last digits only is the same.
  const share = (x: number, y: number) => (y > 0 && x < y * (1 - 1e-9) ? x / y : 1);
  return { mean: share(sums.mean, apart.mean), square: share(sums.square, apart.square) };
}

/** max(0, r − k) of all pairs among s rows, ranks scaled to those among all rows. */
function penaltiesAmong(
  products: Matrix,
  squares: Float64Array,
  k: number,
  scale: number,
): Float64Array {
  const s = squares.length;
  const out = new Float64Array(s * s);
  const distances = new Float64Array(s);
  const order = new Int32Array(s);
  for (let i = 0; i < s; i++) {
    for (let j = 0; j < s; j++) {
      distances[j] = i === j ? -Infinity : squares[j] - 2 * products.data[i * s + j];
      order[j] = j;
    }
    order.sort((p, q) => distances[p] - distances[q] || p - q);
    for (let r = 1, rank = 1; r < s; r++) {
      if (distances[order[r]] > distances[order[r - 1]]) rank = r;
      out[i * s + order[r]] = Math.max(0, scaledRank(rank, scale) - k);
    }
  }
  return out;
}

/** The middle of the ranks among all rows that one among some of them stands for. */
function scaledRank(r: number, scale: number): number {
  return (r - 0.5) * scale + 0.5;
}

/** Variance over the n rows of how often each is listed. */
function occurrenceVariance(indices: Int32Array, n: number): number {
  const counts = new Float64Array(n);
  for (const j of indices) counts[j] += 1;
  const mean = indices.length / n;
  let squares = 0;
  for (const count of counts) squares += (count - mean) ** 2;
  return squares / n;
}

/** How many pairs of rows asked about list each other. */
function mutualPairs({ rows, k, indices }: Lists): number {
  const placeOf = new Map(Array.from(rows, (row, q) => [row, q]));
  let count = 0;
  for (let q = 0; q < rows.length; q++) {
    for (let at = q * k; at < (q + 1) * k; at++) {
      const p = placeOf.get(indices[at]);
      if (p === undefined || p <= q) continue;
      if (indices.subarray(p * k, (p + 1) * k).includes(rows[q])) count += 1;
    }
  }
  return count;
}
