import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { averageRanks } from '../../../core/ranks.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';
import { meanOf, skewness } from '../../../numerics/statistics/averages.ts';
import { jackknifeError } from '../../../numerics/statistics/jackknife.ts';
import type { Pair } from '../types.ts';
import type { Moments } from './statistics.ts';

export type Dissimilarity = 'cosine' | 'correlation' | 'euclidean';

/** Rows of the sub-matrix whose permutations give the skewness, and how many permutations. */
const SKEWNESS_ROWS = 300;
const SKEWNESS_DRAWS = 199;

/**
 * Dissimilarities of all pairs of the rows named, or their ranks (equal ones share the mean of theirs):
 * pair (i, j), j < i, at place i(i−1)/2 + j.
 */
export async function dissimilarities(
  pair: Pair,
  side: 'a' | 'b',
  rows: Int32Array,
  kind: Dissimilarity,
  ranked: boolean,
): Promise<Float64Array> {
  const points = prepared(gathered(pair[side], rows), kind);
  const m = points.rows;
  const dots = await pair.engine.matmul(points, points, true, pair.work);
  const squares = squaredLengths(points);
  const out = new Float64Array((m * (m - 1)) / 2);
  let at = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const dot = dots.data[i * m + j];
      out[at++] =
        kind === 'euclidean' ? Math.sqrt(Math.max(0, squares[i] + squares[j] - 2 * dot)) : 1 - dot;
    }
  }
  return ranked ? averageRanks(out) : out;
}

/** Rows as their inner products are the cosine or the correlation; centred by column for distances. */
function prepared(m: Matrix, kind: Dissimilarity): Matrix {
  const { rows: n, cols: d } = m;
  const data = m.data.slice();
  for (let i = 0; i < n; i++) {
    if (kind === 'euclidean') break;
    const row = data.subarray(i * d, (i + 1) * d);
    let mean = 0;
    if (kind === 'correlation') for (let c = 0; c < d; c++) mean += row[c] / d;
    let squared = 0;
    for (let c = 0; c < d; c++) squared += (row[c] - mean) ** 2;
    const scale = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    for (let c = 0; c < d; c++) row[c] = (row[c] - mean) * scale;
  }
  return { data, rows: n, cols: d };
}

/** Pearson's correlation of two lists over pairs of m rows, and its error by leaving out each row. */
export function pairCorrelation(
  x: Float64Array,
  y: Float64Array,
  m: number,
): { readonly value: number; readonly standardError: number } {
  const total = new Float64Array(5);
  const of = new Float64Array(5 * m);
  // Around the means, so that sums of squares lose no digits.
  const [mx, my] = [meanOf(x), meanOf(y)];
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < i; j++, at++) {
      const [p, q] = [x[at] - mx, y[at] - my];
      const terms = [p, q, p * p, q * q, p * q];
      for (let t = 0; t < 5; t++) {
        total[t] += terms[t];
        of[5 * i + t] += terms[t];
        of[5 * j + t] += terms[t];
      }
    }
  }
  const correlation = (count: number, [sp, sq, pp, qq, pq]: ArrayLike<number> & Iterable<number>) =>
    (pq - (sp * sq) / count) / Math.sqrt((pp - sp ** 2 / count) * (qq - sq ** 2 / count));
  const without = Float64Array.from({ length: m }, (_, i) =>
    correlation(
      ((m - 1) * (m - 2)) / 2,
      total.map((sum, t) => sum - of[5 * i + t]),
    ),
  );
  return { value: correlation(x.length, total), standardError: jackknifeError(without) };
}

/**
 * The law of that correlation when the rows of one space are permuted: mean 0 and variance exact, by
 * Mantel’s sums over pairs that share two, one or no rows; the skewness from permutations.
 */
export function permutedCorrelation(
  x: Float64Array,
  y: Float64Array,
  m: number,
  random: Random,
): Moments & { readonly draws: number } {
  const [p, q] = [squareForm(x, m), squareForm(y, m)];
  const [a, b] = [shares(p, m), shares(q, m)];
  const n3 = m * (m - 1) * (m - 2);
  const variance =
    (2 * a.two * b.two) / (m * (m - 1)) +
    (4 * a.one * b.one) / n3 +
    (a.none * b.none) / (n3 * (m - 3));
  const few = Math.min(m, SKEWNESS_ROWS);
  const draws: number[] = [];
  for (let r = 0; r < SKEWNESS_DRAWS; r++) {
    const order = random.fork(r).sample(few);
    let sum = 0;
    for (let i = 0; i < few; i++) {
      const row = order[i] * m;
      for (let j = 0; j < i; j++) sum += p[i * m + j] * q[row + order[j]];
    }
    draws.push(sum);
  }
  const sd = Math.sqrt(Math.max(0, variance) / (a.two * b.two));
  return {
    mean: 0,
    sd,
    skewness: Math.max(-2, Math.min(2, skewness(draws))),
    draws: SKEWNESS_DRAWS,
  };
}

/** m × m, symmetric, less the mean over pairs; 0 on the diagonal. */
function squareForm(values: Float64Array, m: number): Float64Array {
  const mean = meanOf(values);
  const out = new Float64Array(m * m);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < i; j++, at++) {
      out[i * m + j] = values[at] - mean;
      out[j * m + i] = values[at] - mean;
    }
  }
  return out;
}

/** Σ over ordered pairs of entries that share two, one and no rows, for entries that sum to 0. */
function shares(x: Float64Array, m: number) {
  let two = 0;
  let squaredSums = 0;
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) {
      sum += x[i * m + j];
      two += x[i * m + j] ** 2;
    }
    squaredSums += sum * sum;
  }
  const one = squaredSums - two;
  return { two, one, none: -4 * one - 2 * two };
}
