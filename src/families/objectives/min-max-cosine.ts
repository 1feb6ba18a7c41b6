import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { pairCount } from './support/pair-energy.ts';

/**
 * Minimum maximum cosine: lowers the mean cosine of each point with its nearest other.
 *
 *     loss = (1/n) Σᵢ maxⱼ ⟨xᵢ, xⱼ⟩
 *
 * over the rows of X (n × d, unit), computed as 1 − r²/2 from the chord r. Not differentiable where
 * two neighbours tie: the lower row counts. The force is the sine of the angle, so it vanishes as
 * two points meet: a coincident pair is a local minimum that others may press points into.
 * `max-min-angle` has none.
 *
 * @remarks Use it to compare with published prototypes (MMCS); for anything else prefer
 * `max-min-angle`, which parts close pairs as hard as others. The loss is the mean cosine to the
 * nearest other point, from −1 to 1, smaller is wider; for n ≤ d + 1 points the least is −1/(n −
 * 1), the simplex. All pairs: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { minMaxCosine } from 'tammes/objectives';
 *
 * // The tetrahedron is the best that four points can do.
 * const a = 1 / Math.sqrt(3);
 * const corners = [a, a, a, a, -a, -a, -a, a, -a, -a, -a, a];
 * const { loss } = await minMaxCosine(matrix(Float64Array.from(corners), 4, 3));
 * console.log(loss.toFixed(4)); // -0.3333
 * @function
 */
export const minMaxCosine = /* @__PURE__ */ defineObjective({
  id: 'min-max-cosine',
  title: 'Minimizing the maximal cosine similarity (MMCS)',
  summary: 'Lowers the cosine of each point with its nearest other.',
  references: [
    cite(sources.hypersphericalPrototypeNetworks, 'the loss of the prototypes'),
    cite(papers.keepYourDistance, 'minimum maximum cosine similarity'),
  ],
  deviations: ['ledoh-torch adds 1 to every cosine; here the loss is the cosine itself.'],
  options: {},
  async lossAndGradient(points, _options, gradient, { engine, signal }) {
    pairCount('min-max-cosine', points);
    const { data: x, rows: n, cols: d } = points;
    const { indices, distances } = await engine.nearest(points, 1, { signal });
    const g = gradient.data.fill(0);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const xi = i * d;
      const xj = indices[i] * d;
      loss += (1 - distances[i] ** 2 / 2) / n;
      for (let c = 0; c < d; c++) {
        // The difference instead of the other point: its extra part is radial, and it is exact.
        const step = (x[xj + c] - x[xi + c]) / n;
        g[xi + c] += step;
        g[xj + c] -= step;
      }
    }
    return loss;
  },
});
