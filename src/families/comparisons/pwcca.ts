import { transposed } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { type Canonical, fullRanks, weightedCorrelation } from './support/canonical.ts';
import { roundedProduct, scaledBy } from './support/scatter.ts';
import type { Pair } from './types.ts';

/**
 * Projection-weighted CCA: Σ αᵢρᵢ / Σ αᵢ, αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩| with hᵢ the canonical variates and xⱼ the
 * centred columns of the space of lower rank (A where equal): directions count by how much of that
 * space they account for. Not symmetric in A and B.
 *
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
