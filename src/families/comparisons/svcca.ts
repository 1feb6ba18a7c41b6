import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { weightedCorrelation } from './support/canonical.ts';
import type { Scatter } from './types.ts';

/**
 * SVCCA: the mean canonical correlation of the leading principal directions.
 *
 *     (1/k) Σᵢ ρᵢ,  i = 1 … k
 *
 * with ρᵢ the canonical correlations of A (n × dA) and B (n × dB), each cut to as many leading
 * principal directions as carry the given share of its variance, and k the smaller number of these.
 * Leaves out the small directions, which are mostly noise.
 *
 * @remarks Use it in place of `mean-cca` where small directions are noise; the share decides what
 * is noise, so give it with the number. Within what is kept all directions count the same, and the
 * bias is that of `mean-cca`: ten rows and more for each kept direction, read beside the null. Not
 * free of linear maps, as these change which directions are large. O(n(dA + dB)²).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { meanCca, svcca } from 'tammes/comparisons';
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
 * console.log((await svcca(pair)).value.toFixed(2)); // 1.00
 * @function
 */
export const svcca = /* @__PURE__ */ defineComparison({
  id: 'svcca',
  title: 'SVCCA',
  summary: 'The mean canonical correlation of the directions that carry most of the variance.',
  references: [
    cite(sources.svcca, 'Section 2: singular directions to 99 % of the variance, then CCA'),
    cite(sources.canonicalInfluence, 'the influence of a row on a canonical correlation'),
  ],
  options: {
    variance: number(0.99, 'Share of the variance kept in each space.', { min: 0.01, max: 1 }),
  },
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { variance }) {
    const { a, b } = await pair.axes();
    const ranks = { a: leading(a, variance), b: leading(b, variance) };
    return weightedCorrelation(pair, ranks, ({ correlations }) =>
      correlations.map(() => 1 / correlations.length),
    );
  },
});

/** The fewest directions with that share of the variance. */
function leading({ values, total }: Scatter, share: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k];
    if (sum >= share * total) return k + 1;
  }
  return values.length;
}
