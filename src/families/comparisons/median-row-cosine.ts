import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { medianOf } from '../../numerics/statistics/averages.ts';
import { defineComparison } from './define.ts';
import { permutedStatistic, rowCosines, zeroRowsWarning } from './support/row-cosines.ts';

/**
 * Median over rows of ⟨aᵢ, bᵢ⟩/(‖aᵢ‖·‖bᵢ‖): as the mean, but a few rows that went wrong do not move it.
 * The interval lies between the order statistics n/2 ± 1.96·√n/2.
 *
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
