import { gathered } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer } from '../../method/options.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import {
  binnedColumns,
  mutualInformation,
  pointwiseInformation,
} from './support/mutual-information.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import { matched, meanOf, shuffledRows } from './support/units.ts';
import type { Compared } from './types.ts';

const FEWEST_ROWS = 20;

/**
 * Mean mutual information of matched columns, in bits: each column cut into bins of equal counts, and matched so
 * that the sum is largest, once each (bipartite) or as often as it is best (semi).
 *
 *     I(a, b) = Σ p(x, y) log₂ p(x, y)/(p(x) p(y)) − (bins − 1)(bins' − 1)/(2n ln 2),   dA × dB values
 *
 * A value that fills a bin by itself, such as the zeros of rectified units, has a bin of its own. Only the order
 * of a column's values matters: unlike a correlation it sees any monotone or curved dependence, and log₂ of
 * the bins bounds it.
 *
 * @remarks
 * Take it beside `unit-matching` where units are rectified or saturate. It needs a few hundred rows: with n rows
 * and 10 bins the noise of one value is about 10/n bits.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { unitMutualInformation } from 'tammes/comparisons';
 *
 * const values = Float64Array.from({ length: 400 }, (_, i) => (i * 7) % 401);
 * const a = matrix(values, 400, 1);
 * const b = matrix(values.map((x) => Math.exp(x / 100)), 400, 1);
 * const { value } = await unitMutualInformation({ a, b }, { bins: 4 });
 * console.log(value.toFixed(2)); // 1.98
 *
 * @function
 */
export const unitMutualInformation = /* @__PURE__ */ defineComparison({
  id: 'unit-mutual-information',
  title: 'Mutual information of matched columns',
  summary: 'The mean mutual information of columns of A with columns of B, matched, in bits.',
  references: [
    cite(papers.convergentLearning, 'Section 3: matching by mutual information; estimate_mi.py'),
  ],
  deviations: [
    'A bin of its own for every value that fills one, not for zero only; the correction counts free cells, (bins − 1)².',
  ],
  options: {
    match: choice(
      ['bipartite', 'semi'],
      'bipartite',
      'Each column once, or as often as it is best.',
    ),
    bins: integer(10, 'Bins of each column.', { min: 2, max: 100 }),
  },
  kind: 'similarity',
  rows: 'paired',
  columns: 'any',
  async compare(pair, { match, bins }) {
    const rows = pair.someRows(Math.min(pair.n, pair.sample));
    const n = rows.length;
    if (n < FEWEST_ROWS) return { value: NaN, warnings: [`needs ${FEWEST_ROWS} rows; got ${n}.`] };
    const a = binnedColumns(gathered(pair.a, rows), bins);
    const b = binnedColumns(gathered(pair.b, rows), bins);
    const information = mutualInformation(a, b);
    const matches = matched(information, match);
    const value = meanOf(information, matches);
    const own = new Float64Array(n);
    for (const [i, j] of matches)
      for (const [row, bits] of pointwiseInformation(a[i], b[j]).entries())
        own[row] += bits / matches.length;
    const draws: number[] = [];
    for await (const order of shuffledRows(pair, 'information', n, n * a.length * b.length)) {
      const drawn = mutualInformation(a, b, order);
      draws.push(meanOf(drawn, matched(drawn, match)));
    }
    const still = [...a, ...b].filter(({ counts }) => counts.length === 1).length;
    const which = counted(still, 'column does not vary and has', 'columns do not vary and have');
    return {
      value,
      ...around(value, meanEstimate(own).standardError),
      null: simulatedExpectation(draws, value, 'large', `rows permuted: ${draws.length} draws`),
      warnings: still > 0 ? [`${which} no information.`] : [],
    } satisfies Compared;
  },
});
