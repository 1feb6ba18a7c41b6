import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { zerosOf } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { knownViews, viewPairs } from './support/known-rows.ts';
import { type Standardized, standardizeColumnsInPlace } from './support/standardize-columns.ts';

/**
 * Cross-correlation: columns of two views correlate with themselves and with no other.
 *
 *     loss = Σ_c (1 − C_cc)² + λ Σ_{c≠e} C_ce²,   C = ÂᵀB̂/m
 *
 * with A and B the two views of m things, m × d, and Â, B̂ their columns less the mean and over the standard
 * deviation, √(variance + ε). Of two rows that name one another as partners the lower is in A. Without `partners`,
 * B is where the rows started (constant).
 *
 * @remarks Use it to train without labels and without negatives: it needs no large batch, and gains with many
 * columns. It fixes correlations alone: neither lengths nor means of columns matter, so it does not spread rows on a
 * sphere by itself; add `uniformity` in `disperse`. Columns that do not vary give d; views that carry
 * nothing in common about d. Three products of m × d by d: O(md²).
 * @example
 * import { matrix } from 'tammes';
 * import { crossCorrelation } from 'tammes/objectives';
 *
 * // Two equal views of four points whose two columns do not correlate.
 * const corners = [1, 1, -1, 1, -1, -1, 1, -1];
 * const points = matrix(new Float64Array([...corners, ...corners]), 8, 2);
 * const partners = Int32Array.of(4, 5, 6, 7, 0, 1, 2, 3);
 * const { loss } = await crossCorrelation(points, { epsilon: 1e-12 }, { partners });
 * console.log(loss.toFixed(4)); // 0.0000
 * @function
 */
export const crossCorrelation = /* @__PURE__ */ defineObjective({
  id: 'cross-correlation',
  title: 'Barlow Twins: cross-correlation of views',
  summary: 'Makes the correlations of the columns of two views the identity.',
  references: [cite(sources.barlowTwins, 'Eq. (1) and (2)')],
  space: 'euclidean',
  options: {
    lambda: number(5e-3, 'Weight of the correlations between different columns.', {
      min: 0,
      symbol: 'λ',
    }),
    epsilon: number(1e-5, 'Added to the variance of each column.', { min: 1e-12, symbol: 'ε' }),
  },
  async lossAndGradient(points, { lambda, epsilon }, gradient, context) {
    const { engine, signal, rows } = context;
    const views = viewPairs(points, knownViews('cross-correlation', points, context));
    const { first, second, firstRows, secondRows } = views;
    const m = first.rows;
    const g = gradient.data.fill(0);
    if (m < 2) {
      if (rows) return 0;
      throw new InputError('cross-correlation', `correlations need 2 pairs of views; got ${m}.`);
    }
    const a = standardizeColumnsInPlace(first, epsilon);
    const b = standardizeColumnsInPlace(second, epsilon);
    const table = await engine.matmul(first, second, { transposeA: true }, { signal });
    const loss = slopesInPlace(table, m, lambda);
    const toFirst = zerosOf(points, m, points.cols);
    await engine.matmul(second, table, { transposeB: true, out: toFirst }, { signal });
    addColumnGradients(first, a, toFirst, firstRows, g);
    if (secondRows[0] < 0) return loss;
    await engine.matmul(first, table, { out: toFirst }, { signal });
    addColumnGradients(second, b, toFirst, secondRows, g);
    return loss;
  },
});

/** The loss of ÂᵀB̂, which becomes ∂loss/∂(ÂᵀB̂). */
function slopesInPlace({ data: c, rows: d }: Matrix, m: number, lambda: number): number {
  let loss = 0;
  for (let e = 0; e < c.length; e++) {
    const correlation = c[e] / m;
    if (e % (d + 1) === 0) {
      loss += (1 - correlation) ** 2;
      c[e] = (-2 * (1 - correlation)) / m;
    } else {
      loss += lambda * correlation ** 2;
      c[e] = (2 * lambda * correlation) / m;
    }
  }
  return loss;
}

/** Carries a gradient in standardized columns back to the rows they were made of. */
function addColumnGradients(
  { data: z, rows: m, cols: d }: Matrix,
  { inverseDeviations }: Standardized,
  { data: slope }: Matrix,
  rows: Int32Array,
  g: Matrix['data'],
): void {
  const mean = new Float64Array(d);
  const along = new Float64Array(d);
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < d; c++) {
      mean[c] += slope[i * d + c] / m;
      along[c] += (slope[i * d + c] * z[i * d + c]) / m;
    }
  }
  for (let i = 0; i < m; i++) {
    const at = rows[i] * d;
    for (let c = 0; c < d; c++) {
      g[at + c] += inverseDeviations[c] * (slope[i * d + c] - mean[c] - z[i * d + c] * along[c]);
    }
  }
}
