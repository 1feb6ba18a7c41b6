import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import {
  constantColumns,
  type Matches,
  matched,
  meanOf,
  turnedCorrelations,
  unitCorrelations,
} from './support/units.ts';
import type { Compared, Pair } from './types.ts';

/**
 * Mean correlation of matched columns.
 *
 *     (1/k) Σᵢ corr(A column i, B column π(i)),  i = 1 … k
 *
 * with A n × dA, B n × dB and k the smaller number of columns: each column of the narrower space
 * with a column of the other so that the sum of correlations is largest (bipartite: no column
 * twice), or with its best one (semi: columns may serve several times). High only where single
 * coordinates mean the same in both spaces; a rotation of one space destroys it, where CKA stays 1.
 *
 * @remarks Use it to ask whether single units of two networks correspond, or only the spaces they
 * span (`linear-prediction` asks that). Chance is above 0, as the best of many columns is taken: read it beside the null, which
 * turns one space at random. Columns are matched by correlation, not by its absolute value, so one
 * that came with the opposite sign does not match. O(n·dA·dB + d³).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { linearCka, unitMatching } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * const n = 1000;
 * const a = uniformPoints(n, 2, Random.fromSeed(1));
 * const swapped = matrix(a.data.map((_, i) => a.data[i ^ 1]), n, 2);
 * console.log((await unitMatching({ a, b: swapped })).value.toFixed(2)); // 1.00
 *
 * // Turned by 45°, every column is half of one and half of the other.
 * const turned = matrix(a.data.map((x, i) => (i % 2 ? x + a.data[i - 1] : x - a.data[i + 1])), n, 2);
 * const pair = { a, b: turned };
 * console.log((await unitMatching(pair)).value.toFixed(1)); // 0.7
 * console.log((await linearCka(pair)).value.toFixed(2)); // 1.00
 * @function
 */
export const unitMatching = /* @__PURE__ */ defineComparison({
  id: 'unit-matching',
  title: 'Matched columns',
  summary: 'The mean correlation of columns of A with columns of B, matched one to one.',
  references: [
    cite(papers.convergentLearning, 'Section 3: bipartite and semi-matching by correlation'),
  ],
  options: {
    match: choice(
      ['bipartite', 'semi'],
      'bipartite',
      'Each column once, or as often as it is best.',
    ),
  },
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { match }) {
    const correlations = await unitCorrelations(pair);
    const { left, right, cross, constant } = correlations;
    const warnings = constantColumns(constant);
    const matches = matched(cross, match);
    const value = meanOf(cross, matches);
    const error = meanEstimate(influences(pair, matches, left, right)).standardError;
    const turned = await turnedCorrelations(pair, correlations);
    if (turned.length === 0) return { value, warnings };
    const draws = turned.map((drawn) => meanOf(drawn, matched(drawn, match)));
    const how = `one space turned at random: ${draws.length} draws`;
    return {
      value,
      ...around(value, error, -1, 1),
      null: simulatedExpectation(draws, value, 'large', how),
      warnings,
    } satisfies Compared;
  },
});

/** xy − r(x² + y²)/2 of the standardised columns, meaned over the matches, which are held. */
function influences(
  pair: Pair,
  matches: Matches,
  left: Float64Array,
  right: Float64Array,
): Float64Array {
  const { a, b } = pair.centered();
  const n = pair.n;
  const out = new Float64Array(n);
  for (const [i, j] of matches) {
    const [sx, sy] = [left[i] * Math.sqrt(n), right[j] * Math.sqrt(n)];
    let r = 0;
    for (let row = 0; row < n; row++) {
      r += (a.data[row * a.cols + i] * sx * b.data[row * b.cols + j] * sy) / n;
    }
    for (let row = 0; row < n; row++) {
      const x = a.data[row * a.cols + i] * sx;
      const y = b.data[row * b.cols + j] * sy;
      out[row] += (x * y - (r * (x * x + y * y)) / 2) / matches.length;
    }
  }
  return out;
}
