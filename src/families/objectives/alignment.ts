import { pow } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { knownViews } from './support/known-rows.ts';

/**
 * Alignment: draws the two views of a thing together.
 *
 *     loss = (1/m) Σᵢ ‖xᵢ − x_p(i)‖^α
 *
 * over the m rows that have a partner p(i); X is n × d. Without `partners`, the partner of a row is where it
 * started (constant). Coincident views have no force.
 *
 * @remarks Add it to what spreads, as the paper does with `uniformity`: alone, everything may fall together. In
 * `disperse` without partners it does what `fidelity` does, by chords instead of angles. For α = 2 on unit rows
 * the loss is 2 − 2 · mean cosine; uniform random partners have 2. O(nd).
 * @example
 * import { matrix } from 'tammes';
 * import { alignment } from 'tammes/objectives';
 *
 * // Views at a right angle are √2 apart.
 * const points = matrix(new Float64Array([1, 0, 0, 1]), 2, 2);
 * const { loss } = await alignment(points, {}, { partners: Int32Array.of(1, 0) });
 * console.log(loss); // 2
 * @function
 */
export const alignment = /* @__PURE__ */ defineObjective({
  id: 'alignment',
  title: 'Alignment of views',
  summary: 'Draws each row to its other view, or to its start, by a power of the distance.',
  references: [cite(sources.alignmentAndUniformity, 'Section 4.1, L_align')],
  space: 'euclidean',
  options: {
    alpha: number(2, 'Power of the distance.', { min: 1, max: 8, symbol: 'α' }),
  },
  lossAndGradient(points, { alpha }, gradient, context) {
    const { anchors, partners, others, othersMove } = knownViews('alignment', points, context);
    const { data: x, cols: d } = points;
    const y = others.data;
    const g = gradient.data.fill(0);
    const m = anchors.length;
    let loss = 0;
    for (let at = 0; at < m; at++) {
      const [i, p] = [anchors[at] * d, partners[at] * d];
      let squared = 0;
      for (let c = 0; c < d; c++) squared += (x[i + c] - y[p + c]) ** 2;
      if (squared === 0) continue;
      const power = alpha === 2 ? squared : pow(Math.sqrt(squared), alpha);
      loss += power / m;
      const scale = (alpha * power) / (squared * m);
      for (let c = 0; c < d; c++) {
        const step = scale * (x[i + c] - y[p + c]);
        g[i + c] += step;
        if (othersMove) g[p + c] -= step;
      }
    }
    return loss;
  },
});
