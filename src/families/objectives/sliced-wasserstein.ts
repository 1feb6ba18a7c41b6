import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { capOption, circlesOption, slicedLoss } from './support/sliced-loss.ts';

/**
 * Spherical sliced Wasserstein distance to the uniform distribution, squared.
 *
 * On a circle of circumference 1 with sorted places u, W₂² to uniform is mean u² − (mean u)² +
 * Σ_k (n+1−2k) u_k / n² + 1/12. That is exactly L/(2π²) + 1/(12n²) with L the loss of `sliced`, so
 * both share one computation; their gradients have one direction. Needs d ≥ 2.
 *
 * @function
 */
export const slicedWasserstein = /* @__PURE__ */ defineObjective({
  id: 'sliced-wasserstein',
  title: 'Spherical sliced Wasserstein to uniform (SSW)',
  summary:
    'The squared transport distance to uniform on random great circles: sliced, in its units.',
  references: [
    cite(
      sources.sphericalSlicedWasserstein,
      'closed form of W₂ to the uniform measure on the circle',
    ),
    cite(papers.keepYourDistance, 'spherical sliced Wasserstein'),
  ],
  deviations: [
    'The value is the mean of W₂² over the circles; POT, which ledoh-torch calls, returns its root.',
    'The force of points almost across the plane of a circle is capped (option cap).',
  ],
  options: { circles: circlesOption(), cap: capOption() },
  async lossAndGradient(points, { circles, cap }, gradient, context) {
    const loss = await slicedLoss('sliced-wasserstein', points, circles, cap, gradient, context);
    const scale = 1 / (2 * Math.PI ** 2);
    const g = gradient.data;
    for (let i = 0; i < g.length; i++) g[i] *= scale;
    return scale * loss + 1 / (12 * points.rows ** 2);
  },
});
