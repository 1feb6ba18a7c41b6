import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { distanceOption, gammaOption, meanPairEnergy } from './support/pair-energy.ts';

/**
 * Laplace energy: the mean over all pairs of an exponential of their distance.
 *
 *     loss = 2/(n(n−1)) Σ_{i<j} exp(−γ ρᵢⱼ)
 *
 * with ρᵢⱼ the chord or the angle between the rows xᵢ and xⱼ of X (n × d, unit rows). Minus its
 * expectation under the uniform distribution it is the squared MMD to uniform (`mmdToUniform`).
 *
 * @remarks Use it where `gaussian-energy` leaves close pairs close: here the force is largest at
 * distance 0, and still bounded. With both distances it is an MMD, which the Gaussian of the angle
 * is not. Smaller is wider spread; the MMD² is about 0 for uniform points, whatever n and d, and
 * below 0 for points more even than those. All pairs: O(n²d).
 * @example
 * import { type Matrix, Random } from 'tammes';
 * import { powerSpherical, uniformPoints } from 'tammes/manifolds';
 * import { laplaceEnergy, mmdToUniform } from 'tammes/objectives';
 *
 * const kernel = { shape: 'laplace', distance: 'geodesic', scale: 1 } as const;
 * const axis = new Float64Array([0, 0, 1]);
 * const mmd = async (points: Matrix) => {
 *   const { loss } = await laplaceEnergy(points, { gamma: 1, distance: 'geodesic' });
 *   const verdict = mmdToUniform(loss, kernel, 3);
 *   return verdict.positiveDefinite ? verdict.value.toFixed(2) : 'no MMD';
 * };
 * console.log(await mmd(uniformPoints(500, 3, Random.fromSeed(1)))); // 0.00
 * console.log(await mmd(powerSpherical(500, axis, 10, Random.fromSeed(1)))); // 0.24
 * @function
 */
export const laplaceEnergy = /* @__PURE__ */ defineObjective({
  id: 'laplace-energy',
  title: 'Laplace kernel dispersion (MMD, MHE)',
  summary: 'Pushes every pair of points apart, close pairs hardest, with a bounded force.',
  references: [
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Laplace kernel'),
    cite(sources.minimumHypersphericalEnergy, 'hyperspherical energy, here with a Laplace kernel'),
  ],
  deviations: [
    'The chord is √(2 − 2c); ledoh-torch uses √(2 − c), which is 1 where two points coincide.',
    'Angles come from chords; ledoh-torch takes the arccosine of a cosine clamped at 1 − 1e-7.',
    'The loss is the mean over pairs; ledoh-torch returns twice that.',
  ],
  options: {
    gamma: gammaOption(1, 'Inverse width: k = exp(−γ·distance).'),
    distance: distanceOption(),
  },
  lossAndGradient(points, { gamma, distance }, gradient, context) {
    const kernel = { shape: 'laplace', distance, scale: gamma } as const;
    return meanPairEnergy('laplace-energy', points, kernel, gradient, context, 'gamma');
  },
});
