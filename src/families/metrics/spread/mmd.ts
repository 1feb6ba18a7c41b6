import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { expectedKernel } from '../../../structures/uniform/expectation.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { gaussianUniformLaw } from './support/gaussian-null.ts';

/**
 * Squared maximum mean discrepancy between the rows and the uniform distribution on the sphere.
 *
 *     MMD² = 2/(n(n − 1)) Σ_{i<j} k(xᵢ, xⱼ) − κ₀
 *     k(x, y) = exp(−t ‖x − y‖²),   κ₀ = E k(x, u)
 *
 * with xᵢ the n unit rows of R^d, u uniform on the sphere and κ₀ in closed form. Unbiased (no row is
 * paired with itself), so under uniform points it is 0 on average and may be negative; its root is not
 * taken. With `uniformity` U of the same t it is exp(U) − κ₀. The null has the exact mean and variance,
 * and an interval from the skewness of the limit law. NaN for one row.
 *
 * @remarks Use it when 0 should mean uniform: above the null's `high` rows are more crowded than chance
 * allows, below its `low` they repel one another, as a good code does. At most 1 − κ₀, of equal rows. For
 * a number to compare with papers prefer `uniformity`, the logarithm of the same sum. A large t looks at
 * near pairs only, a small one at the mean. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { mmd } from 'tammes/metrics';
 *
 * const { value, null: law } = await mmd(uniformPoints(500, 8, Random.fromSeed(1)));
 * console.log(Math.abs(value) < 0.001, value < (law?.high ?? 0)); // true true
 *
 * // Equal rows have 1 − κ₀, the most there is; ± the axes less than 0.
 * const pole = zeros(20, 8).data.map((_, e) => (e % 8 === 0 ? 1 : 0));
 * console.log((await mmd({ data: pole, rows: 20, cols: 8 })).value.toFixed(3)); // 0.954
 * const axes = zeros(16, 8);
 * for (let i = 0; i < 16; i++) axes.data[8 * i + (i >> 1)] = i % 2 === 0 ? 1 : -1;
 * console.log((await mmd(axes)).value.toFixed(4)); // -0.0287
 * @function
 */
export const mmd = /* @__PURE__ */ defineMetric({
  id: 'mmd',
  group: 'spread',
  range: [-1, 1],
  title: 'Squared MMD to the uniform distribution',
  summary: 'The unbiased squared Gaussian-kernel discrepancy between the rows and uniform points.',
  references: [
    cite(
      sources.kernelTwoSampleTest,
      'Lemma 6: the squared MMD and its unbiased estimate; Theorem 12: its law',
    ),
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Gaussian kernel'),
  ],
  deviations: ['The second sample is the uniform law itself, through its exact expectation.'],
  options: {
    t: number(2, 'Inverse squared width: k = exp(−t·chord²).', {
      min: 1e-3,
      max: 1000,
      symbol: 't',
    }),
  },
  async measure(space, { t }) {
    const { rows: n, cols: d } = space.points;
    if (n < 2) return NO_PAIR;
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: t } as const;
    const mean = await space.meanKernel(kernel);
    return normalInterval({ ...mean, value: mean.value - expectedKernel(kernel, d) });
  },
  underUniform({ n, d }, { t }) {
    if (n < 2) return undefined;
    const { low, high } = gaussianUniformLaw(t, n, d);
    return {
      value: 0,
      low,
      high,
      how: 'exact mean and variance; interval from the skewness of the limit law',
    };
  },
});
