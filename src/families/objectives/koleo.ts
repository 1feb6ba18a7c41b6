import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { pairCount } from './support/pair-energy.ts';

/**
 * KoLeo: pushes each point away from its nearest other, by the logarithm of the distance.
 *
 *     loss = −(1/n) Σᵢ log(ρᵢ + ε)
 *
 * with ρᵢ the chord from row xᵢ to its nearest other row; X is n × d with unit rows. Not
 * differentiable where two neighbours tie: the lower row counts. Coincident points get no force.
 *
 * @remarks Use it when the closest pairs are what hurts, as in codebooks and search. It heeds
 * nearest neighbours alone, so it is slow to fill gaps that lie far from everything: add an energy
 * for that, or take `uniformity`. The force grows as 1/ρ, so near-duplicates make large steps;
 * `max-min-angle` has the same goal with a bounded force. Smaller is wider: for given n and d it
 * falls as the estimate of the entropy from nearest neighbours rises. Compare with uniform points.
 * All pairs: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { koleo } from 'tammes/objectives';
 *
 * // The corners of a square have their nearest other at √2.
 * const square = matrix(new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2);
 * const { loss } = await koleo(square);
 * console.log(loss.toFixed(4), (-Math.log(Math.SQRT2)).toFixed(4)); // -0.3466 -0.3466
 * @function
 */
export const koleo = /* @__PURE__ */ defineObjective({
  id: 'koleo',
  title: 'KoLeo',
  summary: 'Pushes each point away from its nearest other, the closest pairs hardest.',
  references: [
    cite(sources.spreadingVectors, 'the differential entropy regularizer (KoLeo)'),
    cite(papers.keepYourDistance, 'KoLeo'),
  ],
  deviations: ['ε keeps the loss finite at duplicates, where ledoh-torch gives infinity.'],
  options: {
    epsilon: number(1e-8, 'Added to each distance before the logarithm.', {
      min: 1e-12,
      max: 1,
      symbol: 'ε',
    }),
  },
  async lossAndGradient(points, { epsilon }, gradient, { engine, signal }) {
    pairCount('koleo', points);
    const { data: x, rows: n, cols: d } = points;
    const { indices, distances } = await engine.nearest(points, 1, { signal });
    const g = gradient.data.fill(0);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const rho = distances[i];
      loss -= log(rho + epsilon) / n;
      if (rho === 0) continue; // no direction; `disperse` parts coincident points beforehand
      const xi = i * d;
      const xj = indices[i] * d;
      const scale = -1 / (n * (rho + epsilon) * rho);
      for (let c = 0; c < d; c++) {
        const step = scale * (x[xi + c] - x[xj + c]);
        g[xi + c] += step;
        g[xj + c] -= step;
      }
    }
    return loss;
  },
});
