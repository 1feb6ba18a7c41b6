import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { discrepancy, twoSamples } from './support/two-samples.ts';

/**
 * Energy distance of two sets of rows:
 *
 *     2E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖
 *
 * with x, x′ rows of A (nA × d) and y, y′ rows of B (nB × d); 0 if and only if the laws are the
 * same. Unbiased, so 0 on average for rows of one law, then also negative; it is a squared distance
 * and no root is taken. No kernel width to choose.
 *
 * @remarks Use it to ask whether two sets in one coordinate system follow the same law, where rows
 * do not correspond: read the p-value of the null, then the value, in the units of a distance.
 * `two-sample-mmd` has a width to set to a scale of interest; `bures-wasserstein` reads more easily
 * but sees means and covariances only. At most 1,000 rows are drawn from each set: O(n²d) and 199
 * permutations.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { energyDistance } from 'tammes/comparisons';
 * import { powerSpherical, uniformPoints } from 'tammes/manifolds';
 *
 * // Two sets that are single points, 3 apart: 2 · 3 − 0 − 0.
 * const a = matrix(new Float64Array(20), 10, 2);
 * const b = matrix(Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 3 : 0)), 10, 2);
 * console.log((await energyDistance({ a, b })).value.toFixed(3)); // 6.000
 *
 * const uniform = uniformPoints(200, 3, Random.fromSeed(1));
 * const crowd = powerSpherical(200, new Float64Array([0, 0, 1]), 1, Random.fromSeed(2));
 * const { null: sameLaw } = await energyDistance({ a: uniform, b: crowd });
 * console.log(sameLaw?.pValue?.toFixed(3)); // 0.005
 * @function
 */
export const energyDistance = /* @__PURE__ */ defineComparison({
  id: 'energy-distance',
  title: 'Energy distance of two sets',
  summary: 'How much farther rows of different sets are from one another than rows of one set.',
  references: [
    cite(
      sources.energyStatistics,
      'Section 2: the energy distance; Section 4: the two-sample test',
    ),
  ],
  deviations: ['Unbiased: no row is paired with itself.'],
  options: {},
  kind: 'distance',
  rows: 'unpaired',
  columns: 'same',
  async compare(pair) {
    const samples = await twoSamples(pair);
    const kernel = samples.squared.map((squared) => -Math.sqrt(squared));
    return discrepancy(kernel, samples, pair.random('permuted'));
  },
});
