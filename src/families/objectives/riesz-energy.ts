import { OptionError } from '../../core/errors.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { distanceOption, meanPairEnergy } from './support/pair-energy.ts';

/** Where the energy stops spreading points, and why. */
const LOWEST = {
  chordal: { s: -2, because: 'at -2 every balanced set is optimal and below two poles are' },
  geodesic: { s: -1, because: 'at -1 every antipodal set is optimal and below two poles are' },
} as const;

/**
 * Riesz s-energy: the mean over all pairs of an inverse power of their distance.
 *
 *     loss = 2/(n(n−1)) Σ_{i<j} k(ρᵢⱼ)
 *     k(ρ) = ρ^(−s) for s > 0,  −log ρ for s = 0,  −ρ^(−s) for s < 0
 *
 * with ρᵢⱼ the chord or the angle between the rows xᵢ and xⱼ of X (n × d, unit rows). Larger s
 * heeds closer pairs. From s ≈ 4 the energy of scattered points falls by orders of magnitude as
 * close pairs part, and Adam stalls: take `log-riesz-energy` there.
 *
 * @remarks Use it for points that should be even at every scale: s = 0 or 1 for the whole, s of d −
 * 1 and more for the distances to nearest points. The force has no bound at distance 0, so
 * near-duplicates need small steps; `laplace-energy` and `gaussian-energy` are bounded. Smaller is
 * wider spread; what a value means depends on s, n and d, so compare with uniform points
 * (`energyReadings`). All pairs: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { rieszEnergy } from 'tammes/objectives';
 *
 * // Thomson’s problem for four charges: the tetrahedron, with energy 3.674234614.
 * const a = 1 / Math.sqrt(3);
 * const corners = [a, a, a, a, -a, -a, -a, a, -a, -a, -a, a];
 * const { loss } = await rieszEnergy(matrix(Float64Array.from(corners), 4, 3), { s: 1 });
 * console.log((6 * loss).toFixed(9)); // 3.674234614
 * @function
 */
export const rieszEnergy = /* @__PURE__ */ defineObjective({
  id: 'riesz-energy',
  title: 'Riesz kernel dispersion (MMD, MHE)',
  summary: 'Pushes every pair of points apart like charges: s = 1 Coulomb, s = 0 logarithmic.',
  references: [
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Riesz kernel'),
    cite(sources.minimumHypersphericalEnergy, 'hyperspherical energy, the kernels f_s'),
    cite(sources.distributionsOfPositiveMass, 'chordal s ≤ −2'),
    cite(sources.geodesicRieszEnergy, 'geodesic s ≤ −1'),
  ],
  deviations: [
    'The chord is √(2 − 2c); ledoh-torch uses 2 − c for its square, which is 1 at coincidence.',
    'Values of s that do not spread points (chordal s ≤ −2, geodesic s ≤ −1) are refused.',
    'Below a tiny angle the kernel goes on linearly, so that coincident points stay finite.',
    'The loss is the mean over pairs; ledoh-torch returns twice that, its MHE the plain sum.',
  ],
  options: {
    s: number(1, 'Exponent: k = distance^(−s); above −2 for chordal, −1 for geodesic distance.', {
      min: -2,
      max: 64,
      symbol: 's',
    }),
    distance: distanceOption(),
  },
  lossAndGradient(points, { s, distance }, gradient, context) {
    const lowest = LOWEST[distance];
    if (!(s > lowest.s)) {
      const wanted = `above ${lowest.s} for ${distance} distance (${lowest.because})`;
      throw new OptionError('riesz-energy', 's', wanted, s);
    }
    const kernel = { shape: 'riesz', distance, scale: s } as const;
    return meanPairEnergy('riesz-energy', points, kernel, gradient, context, 's');
  },
});
