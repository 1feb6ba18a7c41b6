import { AbortedError } from '../../../core/errors.ts';
import { gathered, type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Work } from '../../../engine/engine.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';
import type { PairInput } from '../types.ts';

import { product } from './scatter.ts';

/** Cycles are counted within blocks of so many rows, at O(P·m³) each; all rows are in some block. */
const BLOCK = 250;
/** Random orders of the rows that are averaged, where there are few blocks. */
const ORDERS = 4;

/** What is known of the spectrum of Σ_ab Σ_abᵀ, scaled: x = σ²/s² for its singular values σ. */
export interface Eigenmoments {
  /** s·Σ xᵖ/√(tr Σ_aa · tr Σ_bb), p = 1 … P. */
  readonly values: Float64Array;
  /** P × P: their covariance, or more. */
  readonly covariance: Matrix<Float64Array>;
  /** s/√(tr Σ_aa · tr Σ_bb): what one direction with x = 1 adds to the cosine. */
  readonly unit: number;
  readonly rows: number;
}

/**
 * tr(Σ_ab Σ_abᵀ)ᵖ, p = 1 … P, each the mean over increasing cycles i₁ < … < i₂ₚ of
 *
 *     L_{i₁i₂} K_{i₂i₃} L_{i₃i₄} … K_{i₂ₚi₁},   K = AAᵀ, L = BBᵀ, n × n
 *
 * K and L are U-centred: rows never meet themselves, and what the unknown mean adds goes out. The
 * covariance is Efron and Stein’s, Σᵢ of the products of what row i changes: never too small on average,
 * and up to 2p times too large where nothing is shared.
 */
export async function eigenmoments(
  { a, b }: PairInput,
  degree: number,
  scale: number,
  random: Random,
  work: Work,
): Promise<Eigenmoments> {
  const n = a.rows;
  const blocks = Math.ceil(n / BLOCK);
  const orders = Math.max(1, Math.ceil(ORDERS / blocks));
  const sums = new Float64Array(degree);
  const changes = zeros64(n, degree);
  for (let r = 0; r < orders; r++) {
    const order = random.fork(r).sample(n);
    for (let q = 0; q < blocks; q++) {
      work.onProgress?.((r * blocks + q) / (orders * blocks));
      await yieldToEventLoop();
      if (work.signal?.aborted) throw new AbortedError('moments');
      const rows = order.subarray(Math.floor((q * n) / blocks), Math.floor(((q + 1) * n) / blocks));
      const found = cycleMoments(gathered(a, rows), gathered(b, rows), degree, scale);
      const weight = rows.length / n / orders;
      for (let p = 0; p < degree; p++) {
        sums[p] += weight * found.moments[p];
        for (let i = 0; i < rows.length; i++)
          changes.data[rows[i] * degree + p] += weight * found.changes[i * degree + p];
      }
    }
  }
  return scaledByVariances({ a, b }, sums, changes, scale);
}

/** Divides by √(tr Σ_aa · tr Σ_bb), whose own changes belong to the covariance. */
function scaledByVariances(
  { a, b }: PairInput,
  sums: Float64Array,
  changes: Matrix<Float64Array>,
  scale: number,
): Eigenmoments {
  const [n, degree] = [a.rows, sums.length];
  const [ofA, ofB] = [a, b].map((x) => squaredLengths(centered(x)));
  const total = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0);
  const [allA, allB] = [total(ofA), total(ofB)];
  const unit = (scale * (n - 1)) / Math.sqrt(allA * allB);
  const values = sums.map((sum) => unit * sum);
  const covariance = zeros64(degree, degree);
  const own = new Float64Array(degree);
  for (let i = 0; i < n; i++) {
    const wider = (ofA[i] / allA + ofB[i] / allB) / 2 - 1 / n;
    for (let p = 0; p < degree; p++)
      own[p] = unit * changes.data[i * degree + p] + values[p] * wider;
    for (let p = 0; p < degree; p++)
      for (let q = 0; q < degree; q++) covariance.data[p * degree + q] += own[p] * own[q];
  }
  return { values, covariance, unit, rows: n };
}

/** The moments of one block in one order, and by how much each changes without row i: m × P. */
function cycleMoments(a: Matrix, b: Matrix, degree: number, scale: number) {
  const m = a.rows;
  const k = uCentered(product(a, a, true), scale);
  const l = uCentered(product(b, b, true), scale);
  const upper = { k: strictUpper(k), l: strictUpper(l) };
  // Paths i₁ < … < i_q, and those that lead from i on by r edges to the first row.
  const paths: Matrix<Float64Array>[] = [upper.l];
  const ways: Matrix<Float64Array>[] = [k];
  for (let q = 3; q <= 2 * degree; q++)
    paths.push(prolonged(paths[q - 3], q % 2 === 0 ? upper.l : upper.k));
  for (let r = 2; r <= 2 * degree; r++)
    ways.push(preceded(r % 2 === 0 ? upper.l : upper.k, ways[r - 2]));
  const moments = new Float64Array(degree);
  const changes = new Float64Array(m * degree);
  for (let p = 1; p <= degree; p++) {
    const cycles = binomial(m, 2 * p);
    const through = new Float64Array(m);
    // At i₁ the whole way round is one of 2p edges; at i_q the path before it has q − 1.
    for (let i = 0; i < m; i++) through[i] = ways[2 * p - 1].data[i * m + i];
    for (let q = 2; q <= 2 * p; q++) addMeetings(through, paths[q - 2], ways[2 * p - q]);
    let all = 0;
    for (let i = 0; i < m; i++) all += through[i] / (2 * p);
    moments[p - 1] = all / cycles;
    for (let i = 0; i < m; i++)
      changes[i * degree + p - 1] = (2 * p * all - m * through[i]) / ((m - 2 * p) * cycles);
  }
  return { moments, changes };
}

/** Paths i < … < k and one edge more to j > k: products of upper triangles, a sixth of the work. */
function prolonged(path: Matrix<Float64Array>, edge: Matrix<Float64Array>): Matrix<Float64Array> {
  const m = path.rows;
  const out = zeros64(m, m);
  for (let i = 0; i < m; i++) {
    for (let k = i + 1; k < m; k++) {
      const before = path.data[i * m + k];
      for (let j = k + 1; j < m; j++) out.data[i * m + j] += before * edge.data[k * m + j];
    }
  }
  return out;
}

/** One edge j < k and a way from k to i: only i ≤ j is asked for, the first row of a cycle. */
function preceded(edge: Matrix<Float64Array>, way: Matrix<Float64Array>): Matrix<Float64Array> {
  const m = way.rows;
  const out = zeros64(m, m);
  for (let j = 0; j < m; j++) {
    for (let k = j + 1; k < m; k++) {
      const before = edge.data[j * m + k];
      for (let i = 0; i <= j; i++) out.data[j * m + i] += before * way.data[k * m + i];
    }
  }
  return out;
}

/** through_j += Σ_i path(i, j)·way(j, i). */
function addMeetings(
  through: Float64Array,
  path: Matrix<Float64Array>,
  way: Matrix<Float64Array>,
): void {
  const m = through.length;
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let i = 0; i < j; i++) sum += path.data[i * m + j] * way.data[j * m + i];
    through[j] += sum;
  }
}

/** Off the diagonal less the means of rows and columns, so that each row sums to 0; 0 on it. */
function uCentered(gram: Matrix<Float64Array>, scale: number): Matrix<Float64Array> {
  const m = gram.rows;
  const out = zeros64(m, m);
  const sums = new Float64Array(m);
  let all = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) if (j !== i) sums[i] += gram.data[i * m + j] / scale;
    all += sums[i];
  }
  const mean = all / ((m - 1) * (m - 2));
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      if (j === i) continue;
      const value = gram.data[i * m + j] / scale;
      out.data[i * m + j] = value - (sums[i] + sums[j]) / (m - 2) + mean;
    }
  }
  return out;
}

function strictUpper(m: Matrix<Float64Array>): Matrix<Float64Array> {
  const data = m.data.map((x, at) => (at % m.cols > Math.floor(at / m.cols) ? x : 0));
  return { data, rows: m.rows, cols: m.cols };
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value *= (n - i) / (i + 1);
  return value;
}
