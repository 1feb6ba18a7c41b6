import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { hedgedLoss } from './support/hedged-loss.ts';

/**
 * Hedged instance embedding: rows are Gaussians, and two match with a probability that falls with the distance of
 * their samples.
 *
 *     loss = (1/M) Σ_{(i,j)} [−log p_ij or −log(1 − p_ij), and β (KL_i + KL_j)]
 *     p_ij = (1/K²) Σ_{kl} σ(b − a‖z_ik − z_jl‖),   z_ik = μᵢ + σᵢ ε_ik
 *     KL_i = ½ Σ_c (σ² + μ² − 1 − log σ²)
 *
 * over M pairs, half of which match. X is n × 2D: the first D columns of a row are its mean μ, the last D are
 * log σ². Each row that has a match is drawn one, and one row that does not match: by `classes`, else by
 * `partners`, else its match is where it started and another start does not match (starts are constant). ε is drawn
 * from the random stream of the step.
 *
 * @remarks Use it to train a network with 2D outputs that says how sure it is: what cannot be told apart gets a
 * large σ. It is not meant for `disperse`: the last half of a unit row makes every σ about 1, and the noise hides
 * the means. a is in units of 1/length: p falls from σ(b) at 0 to ½ at b/a. O(nK²D) in one thread: at 512 rows of
 * 128 columns the gradient takes 10 (wasm) to 25 (native) times as long as that of `uniformity`; fewer `samples`
 * are cheaper with their square.
 * @example
 * import { matrix } from 'tammes';
 * import { hedged } from 'tammes/objectives';
 *
 * // Two sure things far apart: matches are certain at distance 0, and never mistaken at 20.
 * const rows = [[10, -40], [10, -40], [-10, -40], [-10, -40]];
 * const points = matrix(Float64Array.from(rows.flat()), 4, 2);
 * const { loss } = await hedged(points, { beta: 0 }, { classes: Int32Array.of(0, 0, 1, 1) });
 * // Half the pairs lose log(1 + exp(−4)), the others nothing.
 * console.log(loss.toFixed(4), (Math.log(1 + Math.exp(-4)) / 2).toFixed(4)); // 0.0091 0.0091
 * @function
 */
export const hedged = /* @__PURE__ */ defineObjective({
  id: 'hedged',
  title: 'Hedged instance embedding (HIB)',
  summary: 'Rows are Gaussians; their samples match within a class and not across classes.',
  references: [cite(papers.hedgedInstanceEmbedding, 'Eq. (3) to (6)')],
  deviations: [
    'a and b are options, where the paper learns them; the learner `hedged` does.',
    'One Gaussian a row; the mixtures of the paper are not here.',
  ],
  space: 'euclidean',
  options: {
    samples: integer(8, 'Samples of each row.', { min: 1, max: 256, symbol: 'K' }),
    beta: number(1e-4, 'Weight of the divergence from a standard normal.', { min: 0, symbol: 'β' }),
    slope: number(4, 'How fast the match falls with distance.', { min: 1e-3, symbol: 'a' }),
    offset: number(4, 'Log odds of a match at distance 0.', { symbol: 'b' }),
  },
  lossAndGradient(points, { samples, beta, slope, offset }, gradient, context) {
    const shape = { samples, beta, slope, offset };
    return hedgedLoss(points, shape, gradient, context).loss;
  },
});
