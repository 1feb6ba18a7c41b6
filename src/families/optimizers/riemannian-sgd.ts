import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineMethod } from '../../method/method.ts';
import { number, type OptionsOf } from '../../method/options.ts';
import { descend } from './support/descend.ts';
import { type MomentumRule, NEGLIGIBLE } from './support/momentum.ts';
import { commonOptions } from './support/options.ts';
import { learningRates } from './support/schedule.ts';
import type { Optimizer, Problem } from './types.ts';

const options = {
  ...commonOptions,
  learningRate: number(0.1, 'Step length per unit of a row’s own gradient.', {
    min: 0,
    symbol: 'η',
  }),
  momentum: number(0, 'Share of the momentum kept from step to step; 0 for none.', {
    min: 0,
    max: 0.9999,
    symbol: 'μ',
  }),
} as const;

/**
 * Riemannian stochastic gradient descent with momentum.
 *
 * For each row x of the points X (n × d), g its row of the Riemannian gradient over the step's b
 * rows:
 *
 *     m ← μ·m + b·g
 *     x ← exp_x(−η·m)
 *
 * and m goes along by parallel transport. Objectives are means over rows, so b·g is a row's own
 * gradient and η does not depend on the size of the batch. With `update: 'dense'` rows outside the
 * batch go on by their momentum (g = 0).
 *
 * @remarks The default of `disperse`: use it to spread embeddings while they keep their meaning, as
 * rows move in proportion to the force on them. η is in the units of the objective: 0.1 suits
 * `uniformity`; losses of another scale (`riesz-energy` at large s, `sliced-wasserstein`) need
 * another one. To go to the end prefer `riemannian-adam`. Beside what the objective costs, a step
 * is O(bd); one vector is kept for every row.
 * @example
 * import { Random } from 'tammes';
 * import { sphere, uniformPoints } from 'tammes/manifolds';
 * import { maxMinAngle, rieszEnergy } from 'tammes/objectives';
 * import { riemannianSgd } from 'tammes/optimizers';
 *
 * // Six charges come to rest at the corners of an octahedron, 90° apart.
 * const start = uniformPoints(6, 3, Random.fromSeed(1));
 * const problem = { objective: rieszEnergy.bind({ s: 1 }), manifold: sphere, start };
 * const { points } = await riemannianSgd(problem, { learningRate: 0.2, momentum: 0.9, steps: 300 });
 * const angle = async (x: typeof points) => (-(await maxMinAngle(x)).loss * 180) / Math.PI;
 * console.log((await angle(start)).toFixed(1), (await angle(points)).toFixed(1)); // 53.9 90.0
 * @function
 */
export const riemannianSgd: Optimizer<typeof options> = /* @__PURE__ */ defineMethod({
  id: 'riemannian-sgd',
  family: 'optimizers',
  title: 'Riemannian SGD with momentum',
  summary: 'Follows the gradient along geodesics, with momentum carried by parallel transport.',
  references: [cite(sources.stochasticGradientOnManifolds, 'Eq. 2')],
  options,
  deviations: [
    'Heavy-ball momentum, m ← μ·m + b·g, is added.',
    'The learning rate is per row: the gradient of a mean over b rows is multiplied by b.',
  ],
  compute: (problem, settings, run) =>
    descend('riemannian-sgd', problem, settings, sgdRule(problem, settings), run),
});

function sgdRule({ start }: Problem, settings: OptionsOf<typeof options>): MomentumRule {
  const { momentum, batch } = settings;
  const rates = learningRates(settings);
  return {
    decay: momentum,
    weight: batch === 0 ? start.rows : Math.min(batch, start.rows),
    rowsAlone: true,
    arrays: {},
    observe: () => undefined,
    rate: (step) => rates[step],
    coast(_row, from, to) {
      let sum = 0;
      let power = momentum;
      for (let step = from + 1; step <= to && power > NEGLIGIBLE; step++) {
        sum += power * rates[step];
        power *= momentum;
      }
      return sum;
    },
  };
}
