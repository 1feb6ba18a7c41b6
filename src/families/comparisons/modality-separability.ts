import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';
import { normalTail, Z95 } from '../../numerics/laws/normal.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineComparison } from './define.ts';
import { around } from './support/statistics.ts';
import { unitSides } from './support/unit-sides.ts';

/** Share of the mean variance that is added to each column's, so that the plane exists. */
const RIDGE = 1e-3;

/**
 * How surely a plane tells which of two sets a row is from, for rows that it was not fitted to:
 *
 *     (share of A with ⟨w, x⟩ > t + share of B with ⟨w, x⟩ < t)/2,   w = (S + ρI)⁻¹(ā − b̄),  t = ⟨w, ā + b̄⟩/2
 *
 * A m × d and B l × d as unit rows; S the covariance within the sets, ρ a thousandth of its mean diagonal. Each set is
 * cut in two halves at random; the plane of the one half is asked about the other, and the reverse. 1 where a plane
 * parts both sets, ½ where nothing does; a row on the plane counts half.
 *
 * @remarks Use it beside `modality-gap`: it sees a small but sure difference that centers do not show. With few rows for
 * the columns it is near ½ whatever the truth: have some times as many rows as columns. At most 2,000 rows of each set:
 * O((m + l)·d² + d³).
 * @example
 * import { matrix } from 'tammes';
 * import { modalitySeparability } from 'tammes/comparisons';
 *
 * const a = matrix(Float64Array.from({ length: 40 }, (_, e) => (e % 2 ? 1 : Math.sin(e))), 20, 2);
 * const b = matrix(a.data.map((x, e) => (e % 2 ? -x : x)), 20, 2);
 * console.log((await modalitySeparability({ a, b })).value); // 1
 * @function
 */
export const modalitySeparability = /* @__PURE__ */ defineComparison({
  id: 'modality-separability',
  title: 'Linear separability of two sides',
  summary: 'How surely a plane tells which of two sets a row is from.',
  references: [
    cite(sources.mindTheGap, 'the gap between modalities'),
    cite(papers.slap, 'linear separability of the modalities'),
  ],
  deviations: ['A linear discriminant in place of logistic regression.'],
  options: {},
  kind: 'distance',
  range: [0, 1],
  rows: 'unpaired',
  columns: 'same',
  compare(pair) {
    const { a, b, warnings, drawn } = unitSides(pair, pair.sample);
    const [m, l] = [a.rows, b.rows];
    if (m < 4 || l < 4)
      return { value: NaN, warnings: [...warnings, `needs 4 rows of each; got ${m} and ${l}.`] };
    const halves = [a, b].map((points) => {
      // Of equally many rows the same places: pairs stay together.
      const order = pair.random('halves').sample(points.rows);
      const middle = points.rows >> 1;
      return [gathered(points, order.slice(0, middle)), gathered(points, order.slice(middle))];
    });
    let [ofA, ofB] = [0, 0];
    for (const [fitted, asked] of [
      [0, 1],
      [1, 0],
    ]) {
      const score = planeBetween(halves[0][fitted], halves[1][fitted]);
      ofA += countAbove(halves[0][asked], score, 1);
      ofB += countAbove(halves[1][asked], score, -1);
    }
    const value = (ofA / m + ofB / l) / 2;
    const variance = (count: number, n: number) => ((count + 1) * (n - count + 1)) / (n + 2) ** 3;
    const spread = Math.sqrt(1 / m + 1 / l) / 4;
    return {
      value,
      ...around(value, Math.sqrt(variance(ofA, m) + variance(ofB, l)) / 2, 0, 1),
      null: {
        value: 0.5,
        low: 0.5 - Z95 * spread,
        high: 0.5 + Z95 * spread,
        pValue: normalTail((value - 0.5) / spread),
        how: `same law: ${drawn}½ exactly, interval asymptotic and at its widest`,
      },
      warnings,
    };
  },
});

type Score = (points: Matrix, row: number) => number;

/** ⟨w, x⟩ − t, above 0 on the side of a. */
function planeBetween(a: Matrix, b: Matrix): Score {
  const d = a.cols;
  const [x, y] = [meanRow(a), meanRow(b)];
  const within = zeros64(d, d);
  addScatter(a, x, within.data);
  addScatter(b, y, within.data);
  let trace = 0;
  for (let k = 0; k < d; k++) trace += within.data[k * d + k];
  for (let k = 0; k < d; k++) within.data[k * d + k] += (RIDGE * trace) / d + Number.MIN_VALUE;
  const apart = zeros64(d, 1);
  for (let k = 0; k < d; k++) apart.data[k] = x[k] - y[k];
  // Rows of each set that are all one point have no scatter: the centers say it all.
  const w = trace > 0 ? choleskySolve(cholesky(within), apart).data : apart.data;
  let threshold = 0;
  for (let k = 0; k < d; k++) threshold += (w[k] * (x[k] + y[k])) / 2;
  return ({ data }, row) => {
    let sum = -threshold;
    for (let k = 0; k < d; k++) sum += w[k] * data[row * d + k];
    return sum;
  };
}

/** Adds Σ (xᵢ − x̄)(xᵢ − x̄)ᵀ, lower triangle and its mirror. */
function addScatter({ data, rows: n, cols: d }: Matrix, mean: Float64Array, to: Float64Array) {
  const row = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) row[k] = data[i * d + k] - mean[k];
    for (let k = 0; k < d; k++) for (let c = 0; c <= k; c++) to[k * d + c] += row[k] * row[c];
  }
  for (let k = 0; k < d; k++) for (let c = 0; c < k; c++) to[c * d + k] = to[k * d + c];
}

function countAbove(points: Matrix, score: Score, sign: 1 | -1): number {
  let count = 0;
  for (let i = 0; i < points.rows; i++) {
    const value = sign * score(points, i);
    count += value > 0 ? 1 : value === 0 ? 0.5 : 0;
  }
  return count;
}
