import { InputError } from '../../core/errors.ts';
import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { fourSumDot } from '../../numerics/rows/dot.ts';
import { requireFlat, zerosFor } from './support/kinds.ts';
import type { Update } from './update.ts';

const options = {
  learningRate: number(1, 'Step length, times the rate of each parameter.', {
    min: 0,
    max: 1e6,
    symbol: 'γ',
  }),
  momentum: number(0.9, 'Share of the last step that is kept.', {
    min: 0,
    max: 0.9999,
    symbol: 'm',
  }),
  weightDecay: number(0.0005, 'λ of the penalty λ‖x‖²/2, part of the gradient.', {
    min: 0,
    max: 1e6,
    symbol: 'β',
  }),
  trust: number(0.001, 'Length of a step as a share of the parameter’s length, at rate 1.', {
    min: 0,
    max: 1e6,
    symbol: 'η',
  }),
} as const;

/**
 * Layer-wise adaptive rate scaling (You, Gitman and Ginsburg 2017, arXiv:1708.03888, Algorithm 1): the step of a
 * parameter x, all its axes together, is measured by its own length.
 *
 *     r = η‖x‖/(‖g‖ + β‖x‖)
 *     v ← m·v + γ·r·(g + βx),   x ← x − v
 *
 * Where ‖x‖ or ‖g‖ is 0 the quotient says nothing, and r = η: a bias that starts at 0 moves. For large batches.
 */
export function lars(given: Partial<OptionsOf<typeof options>> = {}): Update {
  const settings = resolveOptions('lars', options, given);
  const { learningRate, momentum, weightDecay, trust } = settings;
  return {
    name: 'lars',
    settings,
    learningRate,
    start(parameter) {
      requireFlat('lars', parameter);
      if (parameter.byRows)
        throw new InputError(
          'lars',
          `parameter "${parameter.name}" gets a gradient for some rows alone, which has no length to compare; use adagradByRows or adam.`,
        );
      return { velocity: zerosFor(parameter) };
    },
    apply({ data: x }, { data: g }, { velocity: v }, { rate }) {
      const length = Math.sqrt(fourSumDot(x, 0, x, 0, x.length));
      const slope = Math.sqrt(fourSumDot(g, 0, g, 0, g.length));
      const own = length > 0 && slope > 0 ? length / (slope + weightDecay * length) : 1;
      const pace = rate * trust * own;
      for (let e = 0; e < x.length; e++) {
        const velocity = momentum * v[e] + pace * (g[e] + weightDecay * x[e]);
        v[e] = velocity;
        x[e] -= velocity;
      }
    },
  };
}
