import type { Matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { resultantOf } from './support/resultant.ts';

/**
 * Mean cosine over all pairs of rows, the usual measure of anisotropy.
 *
 *     2/(n(n − 1)) Σ_{i<j} ⟨xᵢ, xⱼ⟩ = (n R² − 1)/(n − 1),   R = ‖1/n Σᵢ xᵢ‖
 *
 * with xᵢ the n unit rows of R^d: all pairs in one pass. Between −1/(n − 1), where the rows cancel, and
 * 1, where all are one direction. Under uniform points its mean is 0 exactly; the interval of the null
 * takes n d R² for χ² with d degrees of freedom. NaN for one row.
 * `perRow` has the mean `cosine` of each row with the others.
 *
 * @remarks Use it as the first look at an embedding: values near 0 are good for cosine search, and
 * Ethayarajh (2019) found almost 1 in the last layer of GPT-2. It sees a common direction and nothing
 * else; two opposite clusters have 0, so read `uniformity` or `effective-rank` beside it. If it is high,
 * subtracting the mean row may be enough; `cosine-contribution` says whether single columns are to blame.
 * Costs O(n d).
 * @example
 * import { Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { meanCosine } from 'tammes/metrics';
 *
 * const points = vonMisesFisher(1000, Float64Array.of(0, 0, 1), 5, Random.fromSeed(1));
 * const { value, null: expected } = await meanCosine(points);
 * console.log(value.toFixed(2), expected?.value); // 0.63 0
 * // Its expectation is (coth κ − 1/κ)² in R³.
 * console.log(((1 / Math.tanh(5) - 1 / 5) ** 2).toFixed(2)); // 0.64
 *
 * // Less the mean row, little is left of it.
 * for (let c = 0; c < 3; c++) {
 *   let mean = 0;
 *   for (let i = 0; i < 1000; i++) mean += points.data[3 * i + c] / 1000;
 *   for (let i = 0; i < 1000; i++) points.data[3 * i + c] -= mean;
 * }
 * console.log((await meanCosine(points)).value.toFixed(2)); // 0.02
 * @function
 */
export const meanCosine = /* @__PURE__ */ defineMetric({
  id: 'mean-cosine',
  group: 'spread',
  range: ({ n }) => [-1 / Math.max(1, n - 1), 1],
  title: 'Mean cosine (anisotropy)',
  summary: 'The mean cosine over all pairs of rows.',
  references: [
    cite(sources.howContextual, 'anisotropy as the average cosine similarity'),
    cite(
      sources.directionalStatistics,
      'law of the mean resultant length under uniformity (Rayleigh test)',
    ),
  ],
  deviations: ['All pairs, through the length of the mean, instead of a sample of pairs.'],
  options: {},
  async measure(space) {
    const { points } = space;
    const n = points.rows;
    if (n < 2) return NO_PAIR;
    const { value: length, standardError } = await resultantOf(space);
    const value = (n * length * length - 1) / (n - 1);
    // The row means of the cosine vary by n/(n − 1)·R times the rows' part along the mean.
    const error = 2 * (n / (n - 1)) * length * standardError;
    const interval = normalInterval({ value, standardError: error });
    // Of rows beyond memory the mean alone is known.
    if (space.moments) return interval;
    return { ...interval, perRow: { cosine: meanCosines(points) } };
  },
  underUniform({ n, d }) {
    if (n < 2) return undefined;
    const at = (p: number) => (chiSquaredQuantile(d, p) / d - 1) / (n - 1);
    return {
      value: 0,
      low: at(0.025),
      high: at(0.975),
      how: 'exact mean; interval from the asymptotic law, ndR² as χ² with d degrees of freedom',
    };
  },
});

/** Of each row with the n − 1 others: (⟨xᵢ, Σ x⟩ − ⟨xᵢ, xᵢ⟩)/(n − 1); n. */
function meanCosines({ data: x, rows: n, cols: d }: Matrix): Float64Array {
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) sum[c] += x[i * d + c];
  return Float64Array.from({ length: n }, (_, i) => {
    let along = 0;
    for (let c = 0; c < d; c++) along += x[i * d + c] * (sum[c] - x[i * d + c]);
    return along / (n - 1);
  });
}
