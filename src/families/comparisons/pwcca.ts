import { transposed } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { type Canonical, fullRanks, weightedCorrelation } from './support/canonical.ts';
import { roundedProduct, scaledBy } from './support/scatter.ts';
import type { Pair } from './types.ts';

/**
 * Projection-weighted CCA:
 *
 *     Σᵢ αᵢρᵢ / Σᵢ αᵢ,  αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|
 *
 * with ρᵢ the canonical correlations of A (n × dA) and B (n × dB), hᵢ the canonical variates and xⱼ
 * the centred columns of the space of lower rank (A where equal): directions count by how much of
 * that space they account for. Not symmetric in A and B.
 *
 * @remarks Use it in place of `mean-cca` where a space has many small directions that may be noise;
 * it needs no threshold, as `svcca` does. Like these it needs about ten rows and more for each
 * dimension, and is to be read beside its null. Put the space whose content is in question first,
 * as the order counts where ranks are equal. O(n(dA + dB)²).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { meanCca, pwcca } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Two large columns in common, two small ones of noise in each space.
 * const n = 1000;
 * const shared = uniformPoints(n, 4, Random.fromSeed(1));
 * const withNoise = (seed: number) => {
 *   const noise = uniformPoints(n, 4, Random.fromSeed(seed));
 *   return matrix(shared.data.map((x, i) => (i % 4 < 2 ? x : 0.05 * noise.data[i])), n, 4);
 * };
 * const pair = { a: withNoise(2), b: withNoise(3) };
 * console.log((await meanCca(pair)).value.toFixed(1)); // 0.5
 * console.log((await pwcca(pair)).value.toFixed(2)); // 0.95
 * @function
 */
export const pwcca = /* @__PURE__ */ defineComparison({
  id: 'pwcca',
  title: 'Projection-weighted CCA (PWCCA)',
  summary:
    'Canonical correlations, each weighted by how much of the smaller space it accounts for.',
  references: [
    cite(sources.insightsOnRepresentationalSimilarity, 'Section 2.2: projection weighting'),
    cite(sources.canonicalInfluence, 'the influence of a row on a canonical correlation'),
  ],
  deviations: [
    'Columns are centred; the public code adds their means to the variates again, and weighs B’s directions by A’s rows where B is smaller.',
    'The interval holds the weights fixed.',
  ],
  options: {},
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    return weightedCorrelation(pair, await fullRanks(pair), (found) =>
      projectionWeights(found, pair),
    );
  },
});

/** |Uᵀ Λ^½ V|, rows summed: the columns of the space in whitened coordinates, seen along u. */
async function projectionWeights({ a, b, u, v }: Canonical, pair: Pair): Promise<Float64Array> {
  const first = a.values.length <= b.values.length;
  const { values, vectors } = first ? a : b;
  const directions = transposed(first ? u : v);
  const columns = scaledBy(vectors, values.map(Math.sqrt), null);
  const along = await roundedProduct(directions, columns, false, pair);
  const weights = new Float64Array(along.rows);
  let total = 0;
  for (let i = 0; i < along.data.length; i++) {
    weights[Math.floor(i / along.cols)] += Math.abs(along.data[i]);
    total += Math.abs(along.data[i]);
  }
  return weights.map((weight) => weight / total);
}
