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
 * Squared maximum mean discrepancy between the rows and the uniform distribution on the sphere:
 * MMD² = 2/(n(n−1)) Σ_{i<j} k(xᵢ, xⱼ) − κ₀, k = exp(−t·chord²), κ₀ = E k(x, u) in closed form.
 *
 * Unbiased (no row is paired with itself), so under uniformity it is 0 on average and may be
 * negative; its root is not taken. With `uniformity` u of the same t it is e^u − κ₀.
 *
 * @function
 */
export const mmd = /* @__PURE__ */ defineMetric({
  id: 'mmd',
  group: 'spread',
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
