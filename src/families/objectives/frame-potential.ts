import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { exactGram } from './support/exact-moments.ts';
import { inElementTypeOf, smallerGram, timesSmaller } from './support/smaller-gram.ts';

/**
 * Frame potential: the mean squared cosine of all pairs, which is least at a tight frame.
 *
 *     loss = (1/n²) Σᵢⱼ ⟨xᵢ, xⱼ⟩² = ‖XᵀX‖²_F / n²
 *
 * with X n × d, unit rows, and i = j among the pairs. At least max(1/n, 1/d), the Welch bound: reached by
 * orthonormal rows where n ≤ d, and by a tight frame, XᵀX = (n/d)·I, where n ≥ d. Every local minimum is a
 * global one.
 *
 * @remarks Use it to fill all directions evenly: it is the cheapest guard against dimensional collapse, and
 * d·loss − 1 says how uneven the second moment is. It sees lines, not places: a point and its antipode count
 * as the same, and so do two copies of an orthonormal basis and 2d scattered points. Add `koleo` or take
 * `uniformity` to part near points. O(nd·min(n, d)), no pairs.
 * @example
 * import { matrix } from 'tammes';
 * import { framePotential } from 'tammes/objectives';
 *
 * // Three lines at 60° are a tight frame of the plane: the Welch bound, ½.
 * const angles = [0, Math.PI / 3, (2 * Math.PI) / 3];
 * const frame = Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)]));
 * console.log((await framePotential(matrix(frame, 3, 2))).loss.toFixed(4)); // 0.5000
 * @function
 */
export const framePotential = /* @__PURE__ */ defineObjective({
  id: 'frame-potential',
  title: 'Frame potential',
  summary: 'The mean squared cosine of all pairs: fills all directions evenly, blind to signs.',
  references: [cite(sources.finiteNormalizedTightFrames, 'the frame potential and its minima')],
  deviations: ['Divided by n², so that batches of any size compare.'],
  options: {},
  additive: {
    size: (d) => d * d,
    statistic: (points, _options, context) => exactGram(points, context),
    async lossAndGradient(points, _options, statistic, gradient, { engine, signal, total }) {
      const { rows: n, cols: d } = points;
      const products = { data: statistic, rows: d, cols: d };
      await engine.matmul(points, inElementTypeOf(points, products), { out: gradient }, { signal });
      const squared = total ** 2;
      const scale = 4 / squared;
      const g = gradient.data;
      for (let e = 0; e < g.length; e++) g[e] *= scale;
      let sum = 0;
      for (const product of statistic) sum += product * product;
      return (sum / squared) * (n / total);
    },
  },
  async lossAndGradient(points, _options, gradient, context) {
    const products = await smallerGram(points, context);
    await timesSmaller(points, products, gradient, context);
    const squared = points.rows ** 2;
    const scale = 4 / squared;
    const g = gradient.data;
    for (let e = 0; e < g.length; e++) g[e] *= scale;
    let sum = 0;
    for (const product of products.data) sum += product * product;
    return sum / squared;
  },
});
