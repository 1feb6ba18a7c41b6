import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { pairCount, requireMeaningfulSum } from './support/pair-energy.ts';

/**
 * Uniformity: the logarithm of the mean Gaussian kernel over all pairs.
 *
 * loss = log( 2/(n(n−1)) Σ_{i<j} exp(−t r_ij²) ), r the chord; no point is paired with itself. The
 * gradient is that of the Gaussian energy divided by its value, so close pairs keep their weight
 * when the points are spread.
 *
 * @function
 */
export const uniformity = /* @__PURE__ */ defineObjective({
  id: 'uniformity',
  title: 'Uniformity loss',
  summary: 'Pushes every pair of points apart by the logarithm of their mean Gaussian kernel.',
  references: [
    cite(sources.alignmentAndUniformity, 'Section 4.1.2, L_uniform'),
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Gaussian kernel'),
  ],
  options: {
    t: number(2, 'Inverse squared width: k = exp(−t·chord²).', {
      min: 1e-3,
      max: 1000,
      symbol: 't',
    }),
  },
  async lossAndGradient(points, { t }, gradient, { engine, signal }) {
    const pairs = pairCount('uniformity', points);
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: t } as const;
    const { sum } = await engine.pairwiseEnergy(points, kernel, gradient, { signal });
    requireMeaningfulSum('uniformity', sum, kernel, 't');
    const g = gradient.data;
    for (let i = 0; i < g.length; i++) g[i] /= sum;
    return log(sum / pairs);
  },
});
