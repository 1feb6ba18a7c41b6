import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineMethod } from '../../method/method.ts';
import { number, type OptionsOf } from '../../method/options.ts';
import { descend } from './support/descend.ts';
import { type MomentumRule, NEGLIGIBLE } from './support/momentum.ts';
import { commonOptions } from './support/options.ts';
import { learningRates, powers } from './support/schedule.ts';
import type { Optimizer, Problem } from './types.ts';

const options = {
  ...commonOptions,
  learningRate: number(0.001, 'About how far a row moves per step, in radians.', {
    min: 0,
    symbol: 'α',
  }),
  beta1: number(0.9, 'Decay of the mean gradient.', { min: 0, max: 0.9999, symbol: 'β₁' }),
  beta2: number(0.999, 'Decay of the mean squared gradient norm.', {
    min: 0,
    max: 0.999999,
    symbol: 'β₂',
  }),
  epsilon: number(1e-8, 'Least divisor, as a share of the gradient’s own scale.', {
    min: 0,
    symbol: 'ε',
  }),
} as const;

/**
 * Riemannian Adam with one second moment per point.
 *
 * For each row x of the points X (n × d) at step t, g its Riemannian gradient:
 *
 *     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)‖g‖²
 *     x ← exp_x(−α·m̂/(√v̂ + ε·σ)),   m̂ = m/(1 − β₁ᵗ),   v̂ = v/(1 − β₂ᵗ)
 *
 * and m goes along by parallel transport. σ² is the same running mean as v̂, of ‖g‖² averaged over
 * the rows of each step: ε is relative to the gradients the objective gives now, so neither a
 * constant factor of the loss nor its decay on the way changes the path. While no gradient has been
 * seen nothing moves.
 *
 * With `update: 'dense'` rows outside the batch have g = 0 and go on by their momentum. They are
 * brought up to date when next needed, all idle steps at once, which is exact (they follow one
 * geodesic). With `lazy` they stay, and t counts the steps of each row.
 *
 * @remarks Use it where rows should go to the end, as for prototypes and codes: every row moves
 * about α radians a step, however small its force, so the scale of the loss does not matter; let α
 * fall along the cosine to end exactly. For embeddings that mean something prefer `riemannian-sgd`,
 * which moves crowded rows more than others: on GloVe it lowers hubs further at the same mean
 * cosine to the start. Beside what the objective costs, a step of b rows is O(bd); one vector and
 * one number are kept for every row.
 * @example
 * import { Random } from 'tammes';
 * import { sphere, uniformPoints } from 'tammes/manifolds';
 * import { maxMinAngle, rieszEnergy } from 'tammes/objectives';
 * import { riemannianAdam } from 'tammes/optimizers';
 *
 * // Four charges come to rest at the corners of a tetrahedron, 109.47° apart.
 * const start = uniformPoints(4, 3, Random.fromSeed(1));
 * const problem = { objective: rieszEnergy.bind({ s: 1 }), manifold: sphere, start };
 * const settings = { learningRate: 0.1, schedule: 'cosine', steps: 300 } as const;
 * const { points } = await riemannianAdam(problem, settings);
 * const angle = async (x: typeof points) => (-(await maxMinAngle(x)).loss * 180) / Math.PI;
 * console.log((await angle(start)).toFixed(1), (await angle(points)).toFixed(2)); // 51.8 109.47
 * @function
 */
export const riemannianAdam: Optimizer<typeof options> = /* @__PURE__ */ defineMethod({
  id: 'riemannian-adam',
  family: 'optimizers',
  title: 'Riemannian Adam',
  summary: 'Adam along geodesics, with momentum carried by parallel transport.',
  references: [
    cite(
      sources.riemannianAdaptiveOptimization,
      'Fig. 1 (RADAM without the maximum of the second moments)',
    ),
  ],
  options,
  deviations: [
    'No AMSGrad maximum: second moments may fall, as in the paper’s experiments with geoopt.',
    'ε is relative to the gradient’s own scale, not absolute.',
    'Moments are divided by their bias corrections, as in Adam.',
  ],
  compute: (problem, settings, run) =>
    descend('riemannian-adam', problem, settings, adamRule(problem, settings), run),
});

function adamRule({ start }: Problem, settings: OptionsOf<typeof options>): MomentumRule {
  const { beta1, beta2, epsilon, steps } = settings;
  const lazy = settings.update === 'lazy';
  const rates = learningRates(settings);
  const kept1 = powers(beta1, steps);
  const kept2 = powers(beta2, steps);
  const rootOfBeta2 = Math.sqrt(beta2);
  // With v and σ² as they are summed up, without bias correction, a step at time t has the rate
  // pace[t]/(√v + ε·σ).
  const pace = rates.map((rate, t) => (rate * Math.sqrt(1 - kept2[t])) / (1 - kept1[t]));

  const secondMoments = new Float64Array(start.rows);
  const scaleMoment = new Float64Array(1);
  // ε·σ of every step so far: rows that catch up need those of their idle steps.
  const floors = new Float64Array(steps + 1);
  const touched = new Int32Array(lazy ? start.rows : 0);

  return {
    decay: beta1,
    weight: 1 - beta1,
    rowsAlone: false,
    arrays: { secondMoments, scaleMoment, floors, touched },
    observe(step, rows, squaredNorms, idle) {
      const b = squaredNorms.length;
      let sum = 0;
      for (let i = 0; i < b; i++) {
        const row = rows === undefined ? i : rows[i];
        if (lazy) touched[row] += 1;
        const kept = beta2 * kept2[idle[i]];
        secondMoments[row] = kept * secondMoments[row] + (1 - beta2) * squaredNorms[i];
        sum += squaredNorms[i];
      }
      scaleMoment[0] = beta2 * scaleMoment[0] + (1 - beta2) * (sum / b);
      floors[step] = epsilon * Math.sqrt(scaleMoment[0]);
    },
    rate(step, row) {
      const root = Math.sqrt(secondMoments[row]);
      if (!lazy) return root + floors[step] > 0 ? pace[step] / (root + floors[step]) : 0;
      const t = touched[row];
      const corrected = root / Math.sqrt(1 - kept2[t]) + floors[step] / Math.sqrt(1 - kept2[step]);
      return corrected > 0 ? rates[step] / ((1 - kept1[t]) * corrected) : 0;
    },
    coast(row, from, to) {
      let root = Math.sqrt(secondMoments[row]);
      if (root === 0) return 0;
      let sum = 0;
      let momentum = beta1;
      for (let step = from + 1; step <= to && momentum > NEGLIGIBLE; step++) {
        root *= rootOfBeta2;
        sum += (momentum * pace[step]) / (root + floors[step]);
        momentum *= beta1;
      }
      return sum;
    },
  };
}
