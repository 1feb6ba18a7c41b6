import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { featureEnergy } from './support/feature-energy.ts';
import { pairCount, requireMeaningfulSum } from './support/pair-energy.ts';

/**
 * Uniformity: the logarithm of the mean Gaussian kernel over all pairs.
 *
 *     loss = log( 2/(n(n−1)) Σ_{i<j} exp(−t rᵢⱼ²) )
 *
 * with rᵢⱼ the chord between the rows xᵢ and xⱼ of X (n × d, unit rows); no point is paired with
 * itself. The gradient is that of the Gaussian energy divided by its value, so close pairs keep
 * their weight when the points are spread.
 *
 * @remarks The default of `disperse`: use it to spread embeddings that mean something, with a term
 * of `fidelity`. It looks at all scales up to about 1/√t and lowers hubs and crowding together;
 * prefer `riesz-energy` or `log-riesz-energy` to widen the smallest angle. Between −4t and 0; 0
 * where all points are one, −2t(d + 1)/d for a simplex, near −2t for uniform points in many
 * dimensions. All pairs: O(n²d); `disperse` takes them from minibatches.
 * @example
 * import { matrix } from 'tammes';
 * import { uniformity } from 'tammes/objectives';
 *
 * // The tetrahedron: all chords squared are 8/3, so the loss is −2 · 8/3.
 * const a = 1 / Math.sqrt(3);
 * const corners = [a, a, a, a, -a, -a, -a, a, -a, -a, -a, a];
 * const { loss } = await uniformity(matrix(Float64Array.from(corners), 4, 3), { t: 2 });
 * console.log(loss.toFixed(4)); // -5.3333
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
  additive: featureEnergy(
    ({ t }: { readonly t: number }) => ({ width: t, distance: 'chordal' }),
    (mean) => ({ loss: log(mean), slope: 1 / mean }),
  ),
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
