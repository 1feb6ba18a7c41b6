import type { Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineObjective } from './define.ts';
import { countedCircles, type Planes } from './support/counted-circles.ts';
import { emptyLike } from './support/random-directions.ts';
import {
  capOption,
  circlesOption,
  largestInverse,
  ranksOption,
  requirePlane,
} from './support/sliced-loss.ts';
import type { ObjectiveContext } from './types.ts';

/** Planes through pairs of columns. */
function axisPlanes(
  circles: number,
  points: Matrix,
  { random }: Pick<ObjectiveContext, 'random'>,
): Planes {
  const d = points.cols;
  const columns = new Int32Array(2 * circles);
  for (let l = 0; l < circles; l++) {
    const u = random.integer(d);
    const v = random.integer(d - 1);
    columns[2 * l] = u;
    columns[2 * l + 1] = v >= u ? v + 1 : v;
  }
  const width = columns.length;
  return {
    async project({ data: x, rows: n }) {
      const projections = emptyLike(points, n, width);
      const p = projections.data;
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < width; c++) p[i * width + c] = x[i * d + columns[c]];
      }
      return projections;
    },
    async back({ data: p, rows: n }, gradient) {
      const g = gradient.data.fill(0);
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < width; c++) g[i * d + columns[c]] += p[i * width + c];
      }
    },
  };
}

const counted = /* @__PURE__ */ countedCircles('sliced-axis', axisPlanes);

/**
 * Axis-aligned sliced dispersion: the loss of `sliced` on circles through two coordinate axes.
 *
 *     loss = 1/(2nL) Σₗ Σᵢ (aᵢₗ − a*ᵢₗ)²,  aᵢₗ = atan2(xᵢᵥ, xᵢᵤ)
 *
 * for L random pairs u ≠ v of columns of X (n × d, unit rows); a*ᵢₗ as in `sliced`. No projections,
 * so a step costs O(nL log n); not rotation invariant. Needs d ≥ 2.
 *
 * @remarks Use it where even `sliced` costs too much: many points in many dimensions. It sees pairs
 * of columns only, so points can be even on all those planes and not on the sphere; prefer `sliced`
 * unless its projections take the time. Values read like those of `sliced`: half a mean squared
 * angle in radians², (π²/6)(1 − 1/n²) where all points are one.
 * @example
 * import { matrix } from 'tammes';
 * import { slicedAxis } from 'tammes/objectives';
 *
 * // Ten copies of one point on the circle: the worst there is.
 * const n = 10;
 * const copies = matrix(Float64Array.from({ length: 2 * n }, (_, i) => (i + 1) % 2), n, 2);
 * const { loss } = await slicedAxis(copies, { circles: 1 });
 * console.log(loss.toFixed(4), ((Math.PI ** 2 / 6) * (1 - 1 / n ** 2)).toFixed(4)); // 1.6285 1.6285
 * @function
 */
export const slicedAxis = /* @__PURE__ */ defineObjective({
  id: 'sliced-axis',
  title: 'Axis-aligned sliced dispersion',
  summary:
    'Spreads the points evenly along great circles through two coordinate axes; the cheapest.',
  references: [cite(papers.keepYourDistance, 'sliced dispersion, axis-aligned')],
  deviations: [
    'The loss is the mean over points and circles; ledoh-torch’s ½ Σ, averaged over circles, is n times that.',
    'With ranks: counted, ranks are read off a histogram of 1,024 arcs instead of being sorted.',
    'The force of points almost across the plane of a circle is capped (option cap).',
  ],
  options: { circles: circlesOption(), cap: capOption(), ranks: ranksOption() },
  inParts: ({ ranks }) => ranks === 'counted',
  additive: counted,
  async lossAndGradient(points, options, gradient, context) {
    const { circles, cap, ranks } = options;
    if (ranks === 'counted') return counted.ofAll(points, options, gradient, context);
    requirePlane('sliced-axis', points);
    const { engine, signal } = context;
    const planes = axisPlanes(circles, points, context);
    const projections = await planes.project(points);
    const inverseCap = largestInverse(cap, points.cols);
    const loss = await engine.circleSpacingInPlace(projections, inverseCap, { signal });
    await planes.back(projections, gradient);
    return loss;
  },
});
