import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineObjective } from './define.ts';
import { emptyLike } from './support/random-directions.ts';
import { capOption, circlesOption, largestInverse, requirePlane } from './support/sliced-loss.ts';

/**
 * Axis-aligned sliced dispersion: the loss of `sliced` on circles through two coordinate axes.
 *
 * loss = 1/(2nL) Σ_l Σᵢ (a_il − a*_il)², a_il = atan2(x_iv, x_iu) for L random pairs u ≠ v of columns.
 * No projections, so a step costs O(nL log n); not rotation invariant. Needs d ≥ 2.
 *
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
    'The force of points almost across the plane of a circle is capped (option cap).',
  ],
  options: { circles: circlesOption(), cap: capOption() },
  async lossAndGradient(points, { circles, cap }, gradient, context) {
    requirePlane('sliced-axis', points);
    const { engine, random, signal } = context;
    const { data: x, rows: n, cols: d } = points;
    const columns = new Int32Array(2 * circles);
    for (let l = 0; l < circles; l++) {
      const u = random.integer(d);
      const v = random.integer(d - 1);
      columns[2 * l] = u;
      columns[2 * l + 1] = v >= u ? v + 1 : v;
    }
    const projections = emptyLike(points, n, columns.length);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < columns.length; c++) {
        projections.data[i * columns.length + c] = x[i * d + columns[c]];
      }
    }
    const work = { signal };
    const loss = await engine.circleSpacingInPlace(projections, largestInverse(cap, d), work);
    const g = gradient.data.fill(0);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < columns.length; c++) {
        g[i * d + columns[c]] += projections.data[i * columns.length + c];
      }
    }
    return loss;
  },
});
