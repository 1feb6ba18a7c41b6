import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { distanceOption, gammaOption, meanPairEnergy } from './support/pair-energy.ts';

/**
 * Gaussian energy: the mean over all pairs of a Gaussian of their distance.
 *
 * loss = 2/(n(n−1)) Σ_{i<j} exp(−γ ρ_ij²), ρ the chord or the angle. Minus its expectation under the
 * uniform distribution it is the squared MMD to uniform (chordal; `mmdToUniform`).
 *
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
  lossAndGradient(points, { gamma, distance }, gradient, context) {
    const kernel = { shape: 'gaussian', distance, scale: gamma } as const;
    return meanPairEnergy('gaussian-energy', points, kernel, gradient, context, 'gamma');
  },
});
