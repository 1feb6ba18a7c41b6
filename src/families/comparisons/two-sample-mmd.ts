import { exp } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { upperMedianInPlace } from '../../numerics/statistics/averages.ts';
import { defineComparison } from './define.ts';
import { discrepancy, twoSamples } from './support/two-samples.ts';

/**
 * Squared maximum mean discrepancy of two sets of rows.
 *
 *     MMD² = E k(x, x′) + E k(y, y′) − 2E k(x, y),  k(x, y) = exp(−‖x − y‖²/(2(s·m)²))
 *
 * with x, x′ rows of A (nA × d), y, y′ rows of B (nB × d) and m the median distance in both sets
 * together: 0 on average for rows of one law, then also negative; no root is taken. Rows need not
 * correspond; both sets must have the same coordinates.
 *
 * @remarks Use it to ask whether two sets in one coordinate system follow the same law, where rows
 * do not correspond: read the p-value of the null; the value itself, between 0 and 2, has no unit
 * that means much. In many dimensions all distances are about m and the test is blind to small
 * local differences: try a smaller s, or `energy-distance`. At most 1,000 rows are drawn from each
 * set: O(n²d), 199 permutations.
 * @example
 * import { Random } from 'tammes';
 * import { twoSampleMmd } from 'tammes/comparisons';
 * import { powerSpherical, uniformPoints } from 'tammes/manifolds';
 *
 * const a = uniformPoints(200, 3, Random.fromSeed(1));
 * const same = uniformPoints(200, 3, Random.fromSeed(3));
 * const crowd = powerSpherical(200, new Float64Array([0, 0, 1]), 1, Random.fromSeed(4));
 * console.log((await twoSampleMmd({ a, b: same })).value.toFixed(2)); // 0.00
 * const { value, null: sameLaw } = await twoSampleMmd({ a, b: crowd });
 * console.log(value.toFixed(2), sameLaw?.pValue?.toFixed(3)); // 0.02 0.005
 * @function
 */
export const twoSampleMmd = /* @__PURE__ */ defineComparison({
  id: 'two-sample-mmd',
  title: 'Squared MMD of two sets',
  summary: 'The unbiased squared Gaussian-kernel discrepancy between the rows of two sets.',
  references: [
    cite(
      sources.kernelTwoSampleTest,
      'Lemma 6: the squared MMD and its unbiased estimate; median heuristic',
    ),
  ],
  options: {
    bandwidth: number(1, 'Width of the kernel in median distances.', {
      min: 0.01,
      max: 100,
      symbol: 's',
    }),
  },
  kind: 'distance',
  rows: 'unpaired',
  columns: 'same',
  async compare(pair, { bandwidth }) {
    const samples = await twoSamples(pair);
    const rate = -1 / (2 * bandwidth * bandwidth * (medianOfPairs(samples.squared) || 1));
    const kernel = samples.squared.map((squared) => exp(rate * squared));
    return discrepancy(kernel, samples, pair.random('permuted'));
  },
});

/** The median off the diagonal of a symmetric square matrix of distances. */
function medianOfPairs(squared: Float64Array): number {
  const n = Math.sqrt(squared.length);
  const upper = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) upper[at++] = squared[i * n + j];
  return upperMedianInPlace(upper);
}
