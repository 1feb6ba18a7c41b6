import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import {
  dissimilarities,
  pairCorrelation,
  permutedCorrelation,
} from './support/dissimilarities.ts';
import { around, expectedOf } from './support/statistics.ts';

/** Rows whose pairs are compared: half a million pairs. */
const MOST_ROWS = 1000;

/**
 * Representational similarity analysis: whether the same pairs of rows are far apart in both
 * spaces.
 *
 *     corr over pairs i < j of δ(aᵢ, aⱼ) and δ(bᵢ, bⱼ)
 *
 * with δ the dissimilarity of two rows of A (n × dA), or of B (n × dB), and the correlation of
 * ranks or of values. From all pairs of at most 1,000 rows, drawn where there are more.
 *
 * Pairs share rows, so the interval comes from leaving out rows, not pairs; the null from permuted
 * rows (Mantel).
 *
 * @remarks Use it where only the order of distances counts, or to compare with results of
 * neuroscience; ranks make it robust to a few far rows. With `cosine` the mean of the rows counts:
 * centre them first where a common component is of no interest. `linear-cka` is nearly the same
 * question with an exact null at lower cost. 1 is the same order, 0 none in common. O(m²(dA + dB))
 * for m rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { rsa } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Lengths do not count for cosines: rows of other lengths, columns in another order.
 * const [n, d] = [200, 6];
 * const a = uniformPoints(n, d, Random.fromSeed(1));
 * const b = matrix(a.data.map((_, i) => (1 + i) * a.data[i - (i % d) + (d - 1 - (i % d))]), n, d);
 * console.log((await rsa({ a, b })).value.toFixed(2)); // 1.00
 * console.log((await rsa({ a, b: uniformPoints(n, d, Random.fromSeed(3)) })).value.toFixed(1)); // 0.0
 * @function
 */
export const rsa = /* @__PURE__ */ defineComparison({
  id: 'rsa',
  title: 'Representational similarity (RSA)',
  summary: 'The correlation of the distances between rows in A with those in B.',
  references: [
    cite(sources.representationalSimilarityAnalysis, 'rank correlation of dissimilarity matrices'),
    cite(sources.detectionOfDiseaseClustering, 'mean and variance under permutation'),
  ],
  options: {
    correlation: choice(['spearman', 'pearson'], 'spearman', 'Of ranks, or of the values.'),
    dissimilarity: choice(
      ['cosine', 'correlation', 'euclidean'],
      'cosine',
      'One less the cosine, one less the correlation over columns, or the distance.',
    ),
  },
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { correlation, dissimilarity }) {
    if (pair.n < 5) return { value: NaN, warnings: [`needs 5 rows; got ${pair.n}.`] };
    const rows = pair.someRows(Math.min(MOST_ROWS, pair.sample));
    const ranked = correlation === 'spearman';
    const x = await dissimilarities(pair, 'a', rows, dissimilarity, ranked);
    const y = await dissimilarities(pair, 'b', rows, dissimilarity, ranked);
    const { value, standardError } = pairCorrelation(x, y, rows.length);
    if (Number.isNaN(value)) {
      return { value, warnings: ['all pairs of rows are equally far apart in one space.'] };
    }
    const law = permutedCorrelation(x, y, rows.length, pair.random('mantel'));
    const how = `permuted rows: exact mean and variance, skewness from ${law.draws} permutations`;
    return {
      value,
      ...around(value, standardError, -1, 1),
      null: expectedOf(law, value, how),
    };
  },
});
