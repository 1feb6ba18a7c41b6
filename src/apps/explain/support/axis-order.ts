import { spearman } from '../../../core/ranks.ts';
import { spearmanInterval } from '../../../numerics/statistics/intervals.ts';
import type { Between } from './axis-judgement.ts';

/** Spearman's correlation of two lists, with its 95 % interval. */
export function spearmanOf(a: Float64Array, b: Float64Array): Between {
  const value = spearman(a, b) || 0;
  return { value, ...spearmanInterval(value, a.length) };
}
