import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { featureEnergy } from './support/feature-energy.ts';
import {
  distanceOption,
  type EnergyOptions,
  gammaOption,
  meanPairEnergy,
} from './support/pair-energy.ts';

/**
 * Gaussian energy: the mean over all pairs of a Gaussian of their distance.
 *
 *     loss = 2/(n(n−1)) Σ_{i<j} exp(−γ ρᵢⱼ²)
 *
 * with ρᵢⱼ the chord or the angle between the rows xᵢ and xⱼ of X (n × d, unit rows). Minus its
 * expectation under the uniform distribution it is the squared MMD to uniform (chordal;
 * `mmdToUniform`).
 *
 * @remarks Use it for an even spread over all scales, with a force that no pair makes large: pairs
 * much closer than 1/√γ hardly push one another. So it does not widen the smallest angle much:
 * prefer `riesz-energy` or `koleo` for that. `uniformity` is its logarithm, whose force does not
 * fade as the points spread. Smaller is wider spread; compare with the expectation for uniform
 * points, which `energyReadings` gives. All pairs: O(n²d).
 * @example
 * import { Random } from 'tammes';
 * import { powerSpherical, uniformPoints } from 'tammes/manifolds';
 * import { energyReadings, gaussianEnergy } from 'tammes/objectives';
 *
 * const [n, d] = [500, 3];
 * const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 } as const;
 * const uniform = await gaussianEnergy(uniformPoints(n, d, Random.fromSeed(1)), { gamma: 2 });
 * const { expectation } = energyReadings(uniform.loss, kernel, n, d);
 * console.log(uniform.loss.toFixed(3), expectation.toFixed(3)); // 0.127 0.125
 *
 * const crowd = powerSpherical(n, new Float64Array([0, 0, 1]), 10, Random.fromSeed(1));
 * console.log((await gaussianEnergy(crowd, { gamma: 2 })).loss.toFixed(3)); // 0.421
 * @function
 */
export const gaussianEnergy = /* @__PURE__ */ defineObjective({
  id: 'gaussian-energy',
  title: 'Gaussian kernel dispersion (MMD, MHE)',
  summary:
    'Pushes every pair of points apart, with a force that a Gaussian of their distance bounds.',
  references: [
    cite(papers.keepYourDistance, 'kernel dispersion as maximum mean discrepancy, Gaussian kernel'),
    cite(sources.minimumHypersphericalEnergy, 'hyperspherical energy, here with a Gaussian kernel'),
    cite(sources.kernelTwoSampleTest, 'Lemma 6: the squared MMD and its unbiased estimate'),
  ],
  deviations: [
    'The chordal kernel is exp(−γr²), not exp(γ_ref·c): γ = γ_ref/2, and without the factor e^{γ_ref}.',
    'The loss is the mean over pairs; ledoh-torch returns twice that.',
    'With geodesic distance this is an energy and no MMD: that kernel is positive definite for no γ.',
  ],
  options: {
    gamma: gammaOption(2, 'Inverse squared width: k = exp(−γ·distance²).'),
    distance: distanceOption(),
  },
  additive: featureEnergy(
    ({ gamma, distance }: EnergyOptions) => ({ width: gamma, distance }),
    (mean) => ({ loss: mean, slope: 1 }),
  ),
  lossAndGradient(points, { gamma, distance }, gradient, context) {
    const kernel = { shape: 'gaussian', distance, scale: gamma } as const;
    return meanPairEnergy('gaussian-energy', points, kernel, gradient, context, 'gamma');
  },
});
