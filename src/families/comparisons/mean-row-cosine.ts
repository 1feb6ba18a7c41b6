import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanEstimate, normalInterval } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { permutedMean, rowCosines, zeroRowsWarning } from './support/row-cosines.ts';
import { expectedOf } from './support/statistics.ts';

/**
 * Mean over rows of ⟨aᵢ, bᵢ⟩/(‖aᵢ‖·‖bᵢ‖): whether the same row points the same way in both files, in
 * the coordinates they have. 1 for equal directions; near its null where a rotation lies between.
 *
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
