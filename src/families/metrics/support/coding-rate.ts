import { log } from '../../../core/numeric.ts';

/** ½ Σ ln(1 + scale·λ_k). */
export function codingRateOf(values: ArrayLike<number>, scale: number): number {
  let rate = 0;
  for (let k = 0; k < values.length; k++) rate += 0.5 * log(1 + scale * Math.max(0, values[k]));
  return rate;
}
