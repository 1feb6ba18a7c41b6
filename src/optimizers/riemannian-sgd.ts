import { defineMethod } from '../method/method.ts';
import { number, type OptionsOf } from '../method/options.ts';
import type { Optimizer } from './contract.ts';
import { descend } from './shared/descend.ts';
import { type MomentumRule, NEGLIGIBLE } from './shared/momentum.ts';
import { commonOptions } from './shared/options.ts';
import { learningRates } from './shared/schedule.ts';

const options = {
  ...commonOptions,
  learningRate: number(0.1, 'Step length per unit of momentum.', { min: 0, symbol: 'η' }),
  momentum: number(0.9, 'Share of the momentum kept from step to step; 0 for none.', {
    min: 0,
    max: 0.9999,
    symbol: 'μ',
  }),
} as const;

/**
 * Riemannian stochastic gradient descent with momentum.
 *
 * m ← μ·m + g, x ← exp_x(−η·m), m carried along by parallel transport; g is the Riemannian gradient
 * of the step's rows. With `update: 'dense'` rows outside the batch go on by their momentum (g = 0).
 *
 * @function
 */
export const riemannianSgd: Optimizer<typeof options> = /* @__PURE__ */ defineMethod({
  id: 'riemannian-sgd',
  family: 'optimizers',
  title: 'Riemannian SGD with momentum',
  summary: 'Follows the gradient along geodesics, with momentum carried by parallel transport.',
  references: [
    {
      authors: 'Bonnabel',
      title: 'Stochastic gradient descent on Riemannian manifolds',
      year: 2013,
      source: 'arXiv:1111.5280',
      part: 'Eq. 2',
    },
  ],
  options,
  deviations: ['Heavy-ball momentum, m ← μ·m + g, is added.'],
  compute: (problem, settings, run) =>
    descend('riemannian-sgd', problem, settings, sgdRule(settings), run),
});

function sgdRule(settings: OptionsOf<typeof options>): MomentumRule {
  const { momentum } = settings;
  const rates = learningRates(settings);
  return {
    decay: momentum,
    weight: 1,
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
