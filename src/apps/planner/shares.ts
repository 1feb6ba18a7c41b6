import { skewedMeanInterval } from '../../numerics/statistics/intervals.ts';
import type { Between } from '../store/code-recall.ts';

export type { Between } from '../store/code-recall.ts';

/** The mean of shares and its 95 % interval for other queries of the same kind, within 0 and 1. */
export function shareBetween(shares: ArrayLike<number>): Between {
  const { value, low, high } = skewedMeanInterval(shares);
  if (Number.isNaN(low)) return { value, low: 0, high: 1 };
  if (low < high) return { value, low: Math.max(0, low), high: Math.min(1, high) };
  // All equal: if of n queries none differs, a share of 3/n of others still may.
  const room = 3 / shares.length;
  return { value, low: Math.max(0, value - room), high: Math.min(1, value + room) };
}
