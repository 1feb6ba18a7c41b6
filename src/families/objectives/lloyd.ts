import { angleOfChord } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { addTangentToward, unresolvedSine } from './support/geodesic.ts';
import { uniformDirections } from './support/random-directions.ts';

/**
 * Online Lloyd: draws each point toward the uniform samples nearest to it.
 *
 *     loss = (1/m) Σₖ minⱼ θ(uₖ, xⱼ)²
 *     gradient at xⱼ = −(2/m) Σ log_xⱼ(uₖ), over the samples uₖ nearest to xⱼ
 *
 * with θ the angle, X the points (n × d, unit rows) and U fresh uniform samples (m × d) at every
 * step: a stochastic estimate of the quantization error, so descending it is online k-means on the
 * sphere.
 *
 * @remarks Use it to cover the sphere: the loss is the mean squared angle, in radians, from a
 * random direction to the nearest point. It fills gaps, which losses over pairs do not see; it does
 * not part close pairs for their own sake. In many dimensions all samples are about equally far
 * from all points, and a step needs many of them (m well above n) to say much. O(mnd) a step, no
 * pairs of points.
 * @example
 * import { matrix } from 'tammes';
 * import { lloyd } from 'tammes/objectives';
 *
 * // On the circle the best n points are equally spaced; their error is (π/n)²/3.
 * const n = 8;
 * const angles = Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);
 * const corners = angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
 * const { loss } = await lloyd(matrix(Float64Array.from(corners), n, 2), { samples: 400_000 });
 * console.log(loss.toFixed(3), ((Math.PI / n) ** 2 / 3).toFixed(3)); // 0.051 0.051
 * @function
 */
export const lloyd = /* @__PURE__ */ defineObjective({
  id: 'lloyd',
  title: 'Online Lloyd dispersion',
  summary: 'Draws each point toward the random samples nearest to it: k-means of the whole sphere.',
  references: [
    cite(papers.keepYourDistance, 'online Lloyd’s algorithm'),
    cite(sources.leastSquaresQuantization, 'Method I'),
  ],
  deviations: [
    'Angles come from chords; ledoh-torch takes the arccosine of a cosine clamped at 1 − 1e-7.',
  ],
  options: {
    samples: integer(512, 'Uniform samples per step.', { min: 1, max: 10_000_000, symbol: 'm' }),
  },
  additive: {
    // For each sample how near the nearest row is, and its number among all rows.
    size: (_cols, { samples: m }) => 2 * m,
    async statistic(points, { samples: m }, { engine, random, signal, firstRow }) {
      const samples = uniformDirections(m, points, random);
      const { indices, distances } = await engine.assign(samples, points, { signal });
      const best = new Float64Array(2 * m);
      for (let k = 0; k < m; k++) {
        best[2 * k] = distances[k];
        best[2 * k + 1] = firstRow + indices[k];
      }
      return best;
    },
    merge(all, part) {
      for (let at = 0; at < all.length; at += 2) {
        const nearer = part[at] < all[at] || (part[at] === all[at] && part[at + 1] < all[at + 1]);
        if (nearer) all.set(part.subarray(at, at + 2), at);
      }
    },
    lossAndGradient(points, { samples: m }, statistic, gradient, { random, firstRow }) {
      const samples = uniformDirections(m, points, random);
      const g = gradient.data.fill(0);
      const unresolved = unresolvedSine(points);
      let sum = 0;
      for (let k = 0; k < m; k++) {
        const row = statistic[2 * k + 1] - firstRow;
        if (row < 0 || row >= points.rows) continue;
        const theta = angleOfChord(statistic[2 * k]);
        sum += theta * theta;
        addTangentToward(points, row, samples, k, (-2 * theta) / m, g, unresolved);
      }
      return sum / m;
    },
  },
  async lossAndGradient(points, { samples: m }, gradient, { engine, random, signal }) {
    const samples = uniformDirections(m, points, random);
    const { indices, distances } = await engine.assign(samples, points, { signal });
    const g = gradient.data.fill(0);
    const unresolved = unresolvedSine(points);
    let sum = 0;
    for (let k = 0; k < m; k++) {
      const theta = angleOfChord(distances[k]);
      sum += theta * theta;
      addTangentToward(points, indices[k], samples, k, (-2 * theta) / m, g, unresolved);
    }
    return sum / m;
  },
});
