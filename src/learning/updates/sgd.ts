import { OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { boolean, number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { requireFlat, rowsOf, zerosFor } from './support/kinds.ts';
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
  nesterov: boolean(false, 'Whether the step looks ahead along the momentum.'),
  weightDecay: number(0, 'λ of the penalty λ‖x‖²/2, part of the gradient.', {
    min: 0,
    max: 1e6,
    symbol: 'λ',
  }),
} as const;

/**
 * Stochastic gradient descent with momentum, g the gradient plus λx:
 *
 *     m ← μ·m + g
 *     x ← x − η·m,   with `nesterov` x ← x − η·(g + μ·m)
 *
 * (Sutskever et al. 2013, in the form whose momentum holds gradients, not steps, so that a change of η acts at
 * once.) Of a parameter that is `byRows` only the rows with a gradient move; the momentum of the others waits.
 */
export function sgd(given: Partial<OptionsOf<typeof options>> = {}): Update {
  const settings = resolveOptions('sgd', options, given);
  const { learningRate, momentum, nesterov, weightDecay } = settings;
  if (nesterov && momentum === 0)
    throw new OptionError('sgd', 'momentum', 'above 0 with nesterov', momentum);
  return {
    name: 'sgd',
    settings,
    learningRate,
    start(parameter) {
      requireFlat('sgd', parameter);
      return momentum === 0 ? {} : { momentum: zerosFor(parameter) };
    },
    apply(parameter, { data: g, rows }, { momentum: m }, { rate }) {
      const x = parameter.data;
      const move = (at: number, from: number, length: number) => {
        if (!m) plainRange(x, g, at, from, length, rate, weightDecay);
        else if (nesterov) aheadRange(x, g, m, at, from, length, rate, momentum, weightDecay);
        else momentumRange(x, g, m, at, from, length, rate, momentum, weightDecay);
      };
      const { d } = rowsOf(parameter);
      if (!rows) move(0, 0, x.length);
      else for (let i = 0; i < rows.length; i++) move(rows[i] * d, i * d, d);
    },
  };
}

function plainRange(
  x: Floats,
  gradient: Floats,
  at: number,
  from: number,
  length: number,
  rate: number,
  pull: number,
): void {
  for (let e = 0; e < length; e++) {
    const old = x[at + e];
    x[at + e] = old - rate * (gradient[from + e] + pull * old);
  }
}

function momentumRange(
  x: Floats,
  gradient: Floats,
  m: Floats,
  at: number,
  from: number,
  length: number,
  rate: number,
  keep: number,
  pull: number,
): void {
  for (let e = 0; e < length; e++) {
    const old = x[at + e];
    const momentum = keep * m[at + e] + gradient[from + e] + pull * old;
    m[at + e] = momentum;
    x[at + e] = old - rate * momentum;
  }
}

function aheadRange(
  x: Floats,
  gradient: Floats,
  m: Floats,
  at: number,
  from: number,
  length: number,
  rate: number,
  keep: number,
  pull: number,
): void {
  for (let e = 0; e < length; e++) {
    const old = x[at + e];
    const g = gradient[from + e] + pull * old;
    const momentum = keep * m[at + e] + g;
    m[at + e] = momentum;
    x[at + e] = old - rate * (g + keep * momentum);
  }
}
