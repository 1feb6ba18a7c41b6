import { log } from '../../../core/numeric.ts';
import type { Reference } from '../../../method/method.ts';

// @__NO_SIDE_EFFECTS__
export function maximalCodingRateReduction(part: string): Reference {
  return {
    authors: 'Yu, Chan, You, Song, Ma',
    title:
      'Learning Diverse and Discriminative Representations via the Principle of Maximal Coding Rate Reduction',
    year: 2020,
    source: 'arXiv:2006.08558',
    part,
  };
}

/** ½ Σ ln(1 + scale·λ_k). */
export function codingRateOf(values: ArrayLike<number>, scale: number): number {
  let rate = 0;
  for (let k = 0; k < values.length; k++) rate += 0.5 * log(1 + scale * Math.max(0, values[k]));
  return rate;
}
