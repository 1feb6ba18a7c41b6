import { fourSumDot } from '../../numerics/rows/dot.ts';
import type { Gradient } from '../tape/evaluate.ts';

/**
 * Scales all gradients by one factor, in place, so that their common norm √Σ‖g‖² is at most `most`; returns the norm
 * they had. Where that is not finite, nothing is scaled.
 */
export function clipByGlobalNorm(gradients: ReadonlyMap<unknown, Gradient>, most: number): number {
  let squared = 0;
  for (const { data } of gradients.values()) squared += fourSumDot(data, 0, data, 0, data.length);
  const norm = Math.sqrt(squared);
  if (!(norm > most && norm < Infinity)) return norm;
  const factor = most / norm;
  for (const { data } of gradients.values()) {
    for (let e = 0; e < data.length; e++) data[e] *= factor;
  }
  return norm;
}
