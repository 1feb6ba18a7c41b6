/** Coarse starts found offline (`node scripts/search-codes.mjs`) and published angles to compare with. */
import { coarsePoints } from './coarse.ts';
import { SPHERE_STARTS } from './generated/sphere-starts.ts';

export { type BestKnown, bestKnown } from './best-known.ts';
export { coarsePoints, coarseText } from './coarse.ts';
export { THOMSON_ENERGIES } from './thomson-energies.ts';

/** A start near the best code our search found: n × 3 unit rows, good to a few thousandths. */
export function storedStart(n: number, d: number): Float64Array | undefined {
  const text = d === 3 ? SPHERE_STARTS[n] : undefined;
  return text === undefined ? undefined : coarsePoints(text, n);
}
