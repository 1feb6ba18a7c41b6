import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanEstimate, normalInterval } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { permutedMean, rowCosines, zeroRowsWarning } from './support/row-cosines.ts';
import { expectedOf } from './support/statistics.ts';

/**
 * Whether the same row points the same way in both files, in the coordinates they have:
 *
 *     (1/n) Σᵢ ⟨aᵢ, bᵢ⟩/(‖aᵢ‖·‖bᵢ‖)
 *
 * with aᵢ and bᵢ the rows of A and B, both n × d. 1 for equal directions; near its null where a
 * rotation lies between.
 *
 * @remarks Use it for two runs or two formats of one model, and for what a dispersion has moved:
 * the arc cosine of it is a typical angle. A few broken rows lower it: `median-row-cosine` shows
 * whether it is a few or all. For two models it says nothing, as their coordinates have nothing to
 * do with one another: take `rotated-row-cosine` or `linear-cka`. O(nd).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { meanRowCosine, rotatedRowCosine } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Columns in reverse order: the same space, but no row points the same way.
 * const [n, d] = [500, 6];
 * const a = uniformPoints(n, d, Random.fromSeed(1));
 * const b = matrix(a.data.map((_, i) => a.data[i - (i % d) + (d - 1 - (i % d))]), n, d);
 * console.log((await meanRowCosine({ a, b: a })).value.toFixed(2)); // 1.00
 * console.log((await meanRowCosine({ a, b })).value.toFixed(1)); // 0.0
 * console.log((await rotatedRowCosine({ a, b })).value.toFixed(2)); // 1.00
 * @function
 */
export const meanRowCosine = /* @__PURE__ */ defineComparison({
  id: 'mean-row-cosine',
  title: 'Row cosine, mean',
  summary: 'The mean cosine between a row of A and the same row of B.',
  references: [
    cite(sources.similarityRevisited, 'Section 2: what a similarity should not change under'),
  ],
  options: {},
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'same',
  compare(pair) {
    const { cosines, zeroRows } = rowCosines(pair);
    const estimate = normalInterval(meanEstimate(cosines));
    const how = 'permuted rows: exact mean, variance from at most 500 rows';
    const expected = expectedOf(permutedMean(pair), estimate.value, how);
    const { value, low, high } = estimate;
    const interval = cosines.length > 1 ? { low: Math.max(-1, low), high: Math.min(1, high) } : {};
    return { value, ...interval, null: expected, ...zeroRowsWarning(zeroRows) };
  },
});
