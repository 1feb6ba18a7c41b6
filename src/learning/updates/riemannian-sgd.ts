import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { momentumFor, moveAlongGeodesics } from './support/along-geodesics.ts';
import type { Update } from './update.ts';

const options = {
  learningRate: number(0.1, 'Step length per unit of gradient.', {
    min: 0,
    max: 1e6,
    symbol: 'η',
  }),
  momentum: number(0, 'Share of the momentum kept from step to step; 0 for none.', {
    min: 0,
    max: 0.9999,
    symbol: 'μ',
  }),
} as const;

/**
 * Riemannian stochastic gradient descent with momentum (Bonnabel 2013), for parameters on a manifold: for each row
 * x, g its Riemannian gradient,
 *
 *     m ← μ·m + g,   x ← exp_x(−η·m)
 *
 * and m goes along by parallel transport. Unlike the optimizer of the same name in the catalogue it does not
 * multiply g by the number of rows: the loss of a model is no mean over them. Of a parameter that is `byRows` only
 * the rows with a gradient move; the momentum of the others waits.
 */
export function riemannianSgd(given: Partial<OptionsOf<typeof options>> = {}): Update {
  const settings = resolveOptions('riemannian-sgd', options, given);
  return {
    name: 'riemannian-sgd',
    settings,
    learningRate: settings.learningRate,
    start: (parameter) => ({ momentum: momentumFor('riemannian-sgd', parameter) }),
    apply: (parameter, gradient, { momentum }, { rate, engine }) =>
      moveAlongGeodesics(parameter, gradient, momentum, {
        engine,
        decay: settings.momentum,
        weight: 1,
        ratesOf: (squaredNorms) => squaredNorms.map(() => rate),
      }),
  };
}
