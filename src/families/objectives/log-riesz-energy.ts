import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { distanceOption, meanPairEnergy } from './support/pair-energy.ts';

/**
 * Logarithm of the Riesz s-energy: the same minimizers as `riesz-energy`, in the units of a
 * distance.
 *
 *     loss = (1/s) log( 2/(n(n−1)) Σ_{i<j} ρᵢⱼ^(−s) ),  s > 0
 *
 * with ρᵢⱼ the chord or the angle between the rows xᵢ and xⱼ of X (n × d, unit rows). As s → ∞ it
 * is −log of the smallest distance. Unlike the energy it does not fall by orders of magnitude while
 * close pairs part, so that optimizers with a memory keep moving at large s.
 *
 * @remarks Use it to widen the smallest distance, with `riemannian-adam` and s from 8 to 64; for s
 * up to about 2 `riesz-energy` does as well. exp(−loss) is a power mean of all distances that lies
 * above the smallest one and nears it as s grows: the larger the better. All pairs: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { logRieszEnergy } from 'tammes/objectives';
 *
 * // The octahedron: smallest chord √2 = 1.414, largest 2.
 * const octahedron = matrix(
 *   new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1]),
 *   6,
 *   3,
 * );
 * const mean = async (s: number) => Math.exp(-(await logRieszEnergy(octahedron, { s })).loss);
 * console.log((await mean(1)).toFixed(3)); // 1.502
 * console.log((await mean(64)).toFixed(3)); // 1.419
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
