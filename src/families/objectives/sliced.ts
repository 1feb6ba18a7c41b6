import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineObjective } from './define.ts';
import { countedCircles } from './support/counted-circles.ts';
import { greatCircles } from './support/random-directions.ts';
import { capOption, circlesOption, ranksOption, slicedLoss } from './support/sliced-loss.ts';

const counted = /* @__PURE__ */ countedCircles('sliced', (circles, points, context) => {
  const { engine, random, signal } = context;
  const planes = greatCircles(circles, points, random);
  return {
    project: async (block) => engine.matmul(block, planes, true, { signal }),
    back: async (forces, gradient) => {
      await engine.matmul(forces, planes, { out: gradient }, { signal });
    },
  };
});

/**
 * Sliced dispersion: on random great circles, moves the points toward equal spacing.
 *
 *     loss = 1/(2nL) Σₗ Σᵢ (aᵢₗ − a*ᵢₗ)²
 *     a*ᵢₗ = meanᵢ(aᵢₗ) + φ_rank(i),  φₖ = 2πk/n − π − π/n,  k = 1 … n
 *
 * with aᵢₗ the angle of row xᵢ (X is n × d, unit rows) on circle l of L, and a*ᵢₗ its place in the
 * nearest equispaced arrangement. That phase is the exact optimum over all phases and shifts. One
 * point has loss 0. Needs d ≥ 2.
 *
 * @remarks Use it for many points: no pairs are formed, so a step costs O(nL(d + log n)). It evens
 * out the distribution as a whole and cares little for single close pairs: prefer an energy or
 * `koleo` where the smallest angle counts. The loss is half a mean squared angle, in radians²: 0
 * for equal spacing on the circle (d = 2); in more dimensions it stays above 0, but for very few
 * points, and varies with the circles drawn.
 * @example
 * import { Random } from 'tammes';
 * import { powerSpherical, uniformPoints } from 'tammes/manifolds';
 * import { sliced } from 'tammes/objectives';
 *
 * // Crowded points have a large loss, uniform ones a small one.
 * const axis = new Float64Array([0, 0, 0, 1]);
 * const crowd = powerSpherical(2000, axis, 50, Random.fromSeed(1));
 * const even = uniformPoints(2000, 4, Random.fromSeed(1));
 * console.log((await sliced(crowd, { circles: 50 })).loss.toFixed(1)); // 1.0
 * console.log((await sliced(even, { circles: 50 })).loss.toFixed(1)); // 0.0
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
    'With ranks: counted, ranks are read off a histogram of 1,024 arcs instead of being sorted.',
    'The force of points almost across the plane of a circle is capped (option cap).',
  ],
  options: { circles: circlesOption(), cap: capOption(), ranks: ranksOption() },
  inParts: ({ ranks }) => ranks === 'counted',
  additive: counted,
  lossAndGradient(points, options, gradient, context) {
    const { circles, cap, ranks } = options;
    if (ranks === 'counted') return counted.ofAll(points, options, gradient, context);
    return slicedLoss('sliced', points, circles, cap, gradient, context);
  },
});
