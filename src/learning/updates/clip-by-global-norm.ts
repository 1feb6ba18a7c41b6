import { OptionError } from '../../core/errors.ts';
import { fourSumDot } from '../../numerics/rows/dot.ts';
import type { Gradient } from '../tape/evaluate.ts';

/**
 * Scales all gradients by one factor, in place, so that their common norm √Σ‖g‖² is at most `most` (Pascanu,
 * Mikolov and Bengio 2013); returns the norm they had. Norms are Euclidean, on manifolds too. A norm that is not
 * finite is returned and nothing is scaled: there is no factor that helps.
 */
export function clipByGlobalNorm(gradients: ReadonlyMap<unknown, Gradient>, most: number): number {
  if (!(most > 0)) throw new OptionError('clipByGlobalNorm', 'most', 'a number above 0', most);
  let squared = 0;
  for (const { data } of gradients.values()) squared += fourSumDot(data, 0, data, 0, data.length);
  const norm = Math.sqrt(squared);
  if (norm > most && norm < Infinity) {
    const factor = most / norm;
    for (const { data } of gradients.values())
      for (let e = 0; e < data.length; e++) data[e] *= factor;
  }
  return norm;
}
