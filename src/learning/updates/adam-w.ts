import { number, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { adaptiveOptions, adaptiveUpdate } from './support/adaptive.ts';
import type { Update } from './update.ts';

const options = {
  ...adaptiveOptions,
  weightDecay: number(0.01, 'Share by which a number shrinks per step, times the rate.', {
    min: 0,
    max: 1e6,
    symbol: 'λ',
  }),
} as const;

/**
 * AdamW (Loshchilov and Hutter 2019, Algorithm 2): Adam with decoupled weight decay, in proportion to the rate.
 *
 *     x ← (1 − αλ)x − α·m̂/(√v̂ + ε)
 *
 * with m̂ and v̂ of the bare gradient, as in `adam`. Of a parameter that is `byRows` only the rows with a gradient
 * move and decay, and t counts the steps of each row.
 */
export function adamW(given: Partial<OptionsOf<typeof options>> = {}): Update {
  return adaptiveUpdate('adam-w', resolveOptions('adam-w', options, given), true);
}
