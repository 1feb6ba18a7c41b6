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
 * loss = (1/m) Σ_k min_j θ(u_k, x_j)², with m fresh uniform samples u at every step: a stochastic
 * estimate of the quantization error, so descending it is online k-means on the sphere. The gradient
 * at x_j is −(2/m) Σ log_{x_j}(u_k) over the samples nearest to x_j.
 *
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
