import { log } from '../../../../core/numeric.ts';

/** The tail beyond this many of the largest counts is taken to be exponential. */
const TAIL = 100;

/**
 * Median and 95 % of the largest of n counts, from simulated counts of fewer or as many rows: the
 * quantile 1 − u of all counts with u = −ln(p)/n, p the share wanted.
 *
 * Counts hang together only through their sum, so their largest is nearly that of independent ones.
 */
export function largestOf(
  draws: readonly Int32Array[],
  n: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const pool = Int32Array.from(draws.flatMap((counts) => Array.from(counts))).sort();
  const size = pool.length;
  const tail = Math.min(TAIL, Math.max(1, size >> 2));
  const edge = pool[size - 1 - Math.min(size - 1, tail)];
  let excess = 0;
  for (let i = size - tail; i < size; i++) excess += (pool[i] - edge) / tail;
  const upper = (p: number): number => {
    const above = (-log(p) / n) * size;
    if (above < tail) return edge + excess * log(tail / Math.max(above, 1e-12));
    return pool[Math.max(0, Math.ceil(size - above) - 1)];
  };
  const within = (x: number) => Math.min(n - 1, Math.max(0, x));
  return { value: within(upper(0.5)), low: within(upper(0.025)), high: within(upper(0.975)) };
}
