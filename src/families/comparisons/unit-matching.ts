import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { around, influenceError, simulatedExpectation } from './support/statistics.ts';
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
 * Mean correlation of matched columns: each column of the narrower space with a column of the other so
 * that the sum of correlations is largest (bipartite: no column twice), or with its best one (semi:
 * columns may serve several times). High only where single coordinates mean the same in both spaces; a
 * rotation of one space destroys it, where CKA stays 1.
 *
 *     (1/m) Σ corr(a_i, b_π(i)) → max over π,   m = min(dA, dB) columns of n rows each
 *
 * @remarks
 * Asks whether single coordinates mean the same. Beside `linear-prediction`, which asks whether the spaces span
 * the same, it tells a new basis from a new space.
 *
 * @example
 * ```ts
 * import { matrix } from 'tammes';
 * import { unitMatching } from 'tammes/comparisons';
 *
 * const a = matrix(Float64Array.of(1, 5, 2, 1, 3, 4, 4, 0), 4, 2);
 * const b = matrix(Float64Array.of(5, 1, 1, 2, 4, 3, 0, 4), 4, 2);
 * const { value } = await unitMatching({ a, b });
 * console.log(value.toFixed(2)); // 1.00
 * ```
 *
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
  rows: 'paired',
  columns: 'any',
  async compare(pair, { match }) {
    const correlations = await unitCorrelations(pair);
    const { left, right, cross, constant } = correlations;
    const warnings = constantColumns(constant);
    const matches = matched(cross, match);
    const value = meanOf(cross, matches);
    const error = influenceError(influences(pair, matches, left, right));
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
