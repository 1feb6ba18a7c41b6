import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { distanceOption, gammaOption, meanPairEnergy } from './support/pair-energy.ts';

/**
 * Laplace energy: the mean over all pairs of an exponential of their distance.
 *
 * loss = 2/(n(n−1)) Σ_{i<j} exp(−γ ρ_ij), ρ the chord or the angle. Minus its expectation under the
 * uniform distribution it is the squared MMD to uniform (`mmdToUniform`).
 *
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
