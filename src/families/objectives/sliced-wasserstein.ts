import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { capOption, circlesOption, slicedLoss } from './support/sliced-loss.ts';

/**
 * Spherical sliced Wasserstein distance to the uniform distribution, squared.
 *
 *     loss = (1/L) Σₗ W₂²(l)
 *     W₂²(l) = mean u² − (mean u)² + Σₖ (n + 1 − 2k) uₖ/n² + 1/12
 *
 * with u₁ ≤ … ≤ uₙ the places of the rows of X (n × d, unit) on circle l of L, whose circumference
 * is 1. That is exactly S/(2π²) + 1/(12n²) with S the loss of `sliced`, so both share one
 * computation; their gradients have one direction. Needs d ≥ 2.
 *
 * @remarks Use it to report a distance, in squared shares of the circumference: 1/12 = 0.083 where
 * all points are one, 1/(12n²) at equal spacing on the circle. To spread points it does what
 * `sliced` does, but steps of `riemannian-sgd` are 2π² = 19.7 times as small at the same learning
 * rate. O(nL(d + log n)), no pairs.
 * @example
 * import { matrix } from 'tammes';
 * import { slicedWasserstein } from 'tammes/objectives';
 *
 * const n = 10;
 * const atAngles = (angles: number[]) =>
 *   matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), n, 2);
 * const numbers = Array.from({ length: n }, (_, k) => k);
 * const together = await slicedWasserstein(atAngles(numbers.map(() => 1)));
 * const even = await slicedWasserstein(atAngles(numbers.map((k) => (2 * Math.PI * k) / n)));
 * console.log(together.loss.toFixed(4), (1 / 12).toFixed(4)); // 0.0833 0.0833
 * console.log(even.loss.toFixed(6), (1 / (12 * n ** 2)).toFixed(6)); // 0.000833 0.000833
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
