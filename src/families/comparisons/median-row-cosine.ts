import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { medianOf } from '../../numerics/statistics/averages.ts';
import { defineComparison } from './define.ts';
import { permutedStatistic, rowCosines, zeroRowsWarning } from './support/row-cosines.ts';

/**
 * As the mean row cosine, but a few rows that went wrong do not move it:
 *
 *     medianᵢ ⟨aᵢ, bᵢ⟩/(‖aᵢ‖·‖bᵢ‖)
 *
 * with aᵢ and bᵢ the rows of A and B, both n × d. The interval lies between the order statistics
 * n/2 ± 1.96·√n/2.
 *
 * @remarks Use it beside `mean-row-cosine`: a median of 1 with a lower mean is the mark of single
 * broken rows, such as cut texts; both low is the mark of a fault in all rows, or of other
 * coordinates. 1 is the same direction. O(nd).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { meanRowCosine, medianRowCosine } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // The first 20 of 200 rows came out upside down.
 * const a = uniformPoints(200, 8, Random.fromSeed(1));
 * const b = matrix(a.data.map((x, i) => (i < 20 * 8 ? -x : x)), 200, 8);
 * console.log((await meanRowCosine({ a, b })).value.toFixed(2)); // 0.80
 * console.log((await medianRowCosine({ a, b })).value.toFixed(2)); // 1.00
 * @function
 */
export const medianRowCosine = /* @__PURE__ */ defineComparison({
  id: 'median-row-cosine',
  title: 'Row cosine, median',
  summary: 'The median cosine between a row of A and the same row of B.',
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
    const sorted = cosines.slice().sort();
    const n = sorted.length;
    const value = medianOf(sorted);
    const reach = (Z95 * Math.sqrt(n)) / 2;
    const interval =
      n < 6
        ? {}
        : {
            low: sorted[Math.max(0, Math.floor(n / 2 - reach))],
            high: sorted[Math.min(n - 1, Math.ceil(n / 2 + reach))],
          };
    const expected = permutedStatistic(pair, medianOf, value);
    return { value, ...interval, null: expected, ...zeroRowsWarning(zeroRows) };
  },
});
