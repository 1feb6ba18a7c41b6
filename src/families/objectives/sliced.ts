import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineObjective } from './define.ts';
import { capOption, circlesOption, slicedLoss } from './support/sliced-loss.ts';

/**
 * Sliced dispersion: on random great circles, moves the points toward equal spacing.
 *
 * loss = 1/(2nL) Σ_l Σᵢ (a_il − a*_il)², with a_il the angle of xᵢ on circle l of L and a*_il its place
 * in the nearest equispaced arrangement, mean_l + φ_rank, φ_k = 2πk/n − π − π/n. That phase is the
 * exact optimum over all phases and shifts. Costs O(nL(d + log n)), without pairs; one point has
 * loss 0. Needs d ≥ 2.
 *
 * @function
 */
export const sliced = /* @__PURE__ */ defineObjective({
  id: 'sliced',
  title: 'Sliced dispersion',
  summary:
    'Spreads the points evenly along random great circles; no pairs, so it suits many points.',
  references: [cite(papers.keepYourDistance, 'sliced dispersion, random great circles')],
  deviations: [
    'The loss is the mean over points and circles; the paper’s and ledoh-torch’s ½ Σ is n times that.',
    'One step averages several circles; ledoh-torch’s class takes one.',
    'The force of points almost across the plane of a circle is capped (option cap).',
  ],
  options: { circles: circlesOption(), cap: capOption() },
  lossAndGradient(points, { circles, cap }, gradient, context) {
    return slicedLoss('sliced', points, circles, cap, gradient, context);
  },
});
