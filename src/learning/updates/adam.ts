import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { adaptiveOptions, adaptiveUpdate } from './support/adaptive.ts';
import type { Update } from './update.ts';

const options = {
  ...adaptiveOptions,
  weightDecay: number(0, 'λ of the penalty λ‖x‖²/2, part of the gradient.', {
    min: 0,
    max: 1e6,
    symbol: 'λ',
  }),
} as const;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1), g the gradient plus λx:
 *
 *     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²
 *     x ← x − α·m̂/(√v̂ + ε),   m̂ = m/(1 − β₁ᵗ),   v̂ = v/(1 − β₂ᵗ)
 *
 * Of a parameter that is `byRows` only the rows with a gradient move, and t counts the steps of each row.
 */
export function adam(given: Partial<OptionsOf<typeof options>> = {}): Update {
  return adaptiveUpdate('adam', resolveOptions('adam', options, given), false);
}
