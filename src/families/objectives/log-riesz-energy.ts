import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { distanceOption, meanPairEnergy } from './support/pair-energy.ts';

/**
 * Logarithm of the Riesz s-energy: the same minimizers as `riesz-energy`, in the units of a distance.
 *
 * loss = (1/s) log( 2/(n(n−1)) Σ_{i<j} ρ_ij^(−s) ), s > 0, ρ the chord or the angle. As s → ∞ it is
 * −log of the smallest distance. Unlike the energy it does not fall by orders of magnitude while
 * close pairs part, so that optimizers with a memory keep moving at large s.
 *
 * @function
 */
export const logRieszEnergy = /* @__PURE__ */ defineObjective({
  id: 'log-riesz-energy',
  title: 'Logarithm of the Riesz kernel dispersion',
  summary: 'Pushes points apart like charges of any range; large s widens the smallest distance.',
  references: [
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Riesz kernel'),
    cite(sources.minimumHypersphericalEnergy, 'hyperspherical energy, the kernels f_s'),
    cite(sources.discreteEnergy, 'best packing as the limit s → ∞ of minimal s-energy'),
  ],
  deviations: ['The logarithm of the mean energy per unit of s in place of the energy itself.'],
  options: {
    s: number(8, 'Exponent: k = distance^(−s). Large s heeds close pairs only.', {
      min: 0.01,
      max: 64,
      symbol: 's',
    }),
    distance: distanceOption(),
  },
  async lossAndGradient(points, { s, distance }, gradient, context) {
    const kernel = { shape: 'riesz', distance, scale: s } as const;
    const mean = await meanPairEnergy('log-riesz-energy', points, kernel, gradient, context, 's');
    const g = gradient.data;
    const scale = 1 / (s * mean);
    for (let i = 0; i < g.length; i++) g[i] *= scale;
    return log(mean) / s;
  },
});
