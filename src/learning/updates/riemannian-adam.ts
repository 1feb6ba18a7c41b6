import { pow } from '../../core/numeric.ts';
import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { momentumFor, moveAlongGeodesics } from './support/along-geodesics.ts';
import { rowsOf } from './support/kinds.ts';
import type { Update } from './update.ts';

const options = {
  learningRate: number(0.001, 'About how far a row moves per step.', {
    min: 0,
    max: 1e6,
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
    max: 1,
    symbol: 'ε',
  }),
} as const;

/**
 * Riemannian Adam with one second moment per row (Bécigneul and Ganea 2019), for parameters on a manifold: for each
 * row x, g its Riemannian gradient,
 *
 *     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)‖g‖²
 *     x ← exp_x(−α·m̂/(√v̂ + ε·σ)),   m̂ = m/(1 − β₁ᵗ),   v̂ = v/(1 − β₂ᵗ)
 *
 * and m goes along by parallel transport. σ² is the running mean of ‖g‖² over the rows of each step: ε is relative
 * to the gradients of now, as in the optimizer of the same name in the catalogue. A row without a gradient so far
 * stays. Of a parameter that is `byRows` only the rows with a gradient move, and t counts the steps of each row.
 */
export function riemannianAdam(given: Partial<OptionsOf<typeof options>> = {}): Update {
  const settings = resolveOptions('riemannian-adam', options, given);
  const { learningRate, beta1, beta2, epsilon } = settings;
  return {
    name: 'riemannian-adam',
    settings,
    learningRate,
    start(parameter) {
      const momentum = momentumFor('riemannian-adam', parameter);
      const { n } = rowsOf(parameter);
      const moments = { secondMoments: new Float64Array(n), scaleMoment: new Float64Array(1) };
      return { momentum, ...moments, counts: new Float64Array(parameter.byRows ? n : 0) };
    },
    apply(parameter, gradient, state, { step, rate, engine }) {
      const { momentum, secondMoments, scaleMoment, counts } = state;
      const ratesOf = (squaredNorms: Float64Array) => {
        const sum = squaredNorms.reduce((total, norm) => total + norm, 0);
        scaleMoment[0] = beta2 * scaleMoment[0] + (1 - beta2) * (sum / squaredNorms.length);
        const floor = epsilon * Math.sqrt(scaleMoment[0] / (1 - pow(beta2, step)));
        return squaredNorms.map((norm, i) => {
          const row = gradient.rows ? gradient.rows[i] : i;
          secondMoments[row] = beta2 * secondMoments[row] + (1 - beta2) * norm;
          if (gradient.rows) counts[row] += 1;
          const t = gradient.rows ? counts[row] : step;
          const root = Math.sqrt(secondMoments[row] / (1 - pow(beta2, t))) + floor;
          return root > 0 ? rate / ((1 - pow(beta1, t)) * root) : 0;
        });
      };
      const how = { engine, decay: beta1, weight: 1 - beta1, ratesOf };
      return moveAlongGeodesics(parameter, gradient, momentum, how);
    },
  };
}
