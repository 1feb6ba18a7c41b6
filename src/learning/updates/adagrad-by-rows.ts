import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { fourSumDot } from '../../numerics/rows/dot.ts';
import { requireFlat, rowsOf } from './support/kinds.ts';
import type { Update } from './update.ts';

const options = {
  learningRate: number(0.05, 'Step length of a row at its first gradient.', {
    min: 0,
    max: 1e6,
    symbol: 'η',
  }),
  epsilon: number(1e-8, 'Added to the divisor.', { min: 0, max: 1, symbol: 'ε' }),
} as const;

/**
 * AdaGrad with one accumulator for each row (Duchi, Hazan and Singer 2011; row by row as in Gupta et al. 2014 and
 * DLRM): one number is kept for a row of d, so that a table of words costs hardly more than itself.
 *
 *     s ← s + ‖g‖²/d,   x ← x − η·g/(√s + ε)
 *
 * Made for tables that are `byRows`, of which only the rows with a gradient change; other parameters, whose rows
 * are all axes but the first, follow it as well.
 */
export function adagradByRows(given: Partial<OptionsOf<typeof options>> = {}): Update {
  const settings = resolveOptions('adagrad-by-rows', options, given);
  const { learningRate, epsilon } = settings;
  return {
    name: 'adagrad-by-rows',
    settings,
    learningRate,
    start(parameter) {
      requireFlat('adagrad-by-rows', parameter);
      return { sums: new Float64Array(rowsOf(parameter).n) };
    },
    apply(parameter, { data: g, rows }, { sums }, { rate }) {
      const x = parameter.data;
      const { n, d } = rowsOf(parameter);
      const count = rows?.length ?? n;
      for (let i = 0; i < count; i++) {
        const row = rows ? rows[i] : i;
        const squared = fourSumDot(g, i * d, g, i * d, d);
        if (squared === 0) continue;
        sums[row] += squared / d;
        const pace = rate / (Math.sqrt(sums[row]) + epsilon);
        for (let c = 0; c < d; c++) x[row * d + c] -= pace * g[i * d + c];
      }
    },
  };
}
