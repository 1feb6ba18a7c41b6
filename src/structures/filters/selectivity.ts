import { studentQuantile } from '../../numerics/laws/student.ts';
import { LEVEL, meanEstimate } from '../../numerics/statistics/intervals.ts';
import type { Filter, FilterBlock } from './types.ts';

/** The share of rows that pass a condition, with its 95 % interval; the ends are equal where all rows were counted. */
export interface Selectivity {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Rows that were read. */
  readonly rows: number;
}

/** Rows `from` to `to` (excluded) of the columns that a condition asks. */
export type BlockReader = (from: number, to: number) => FilterBlock | Promise<FilterBlock>;

export interface SelectivityOptions {
  /** Stretches of rows, equally far apart. Default 64. */
  readonly stretches?: number;
  /** Rows of each. Default 256. */
  readonly rows?: number;
}

/** The share of a mask that is 1: counted, so its interval is a point. */
export function countedSelectivity(mask: Uint8Array): Selectivity {
  let passing = 0;
  for (const own of mask) passing += own;
  const share = mask.length === 0 ? 0 : passing / mask.length;
  return { share, low: share, high: share, rows: mask.length };
}

/**
 * Estimates the share of n rows that pass from stretches of rows that lie equally far apart; all rows are counted where
 * there are not more. Rows of one stretch may be alike (files are often sorted), so the interval is that of the mean of
 * stretches, not of rows; it reaches to 3/stretches at least, which a share may be of which nothing was seen.
 */
export async function sampledSelectivity(
  filter: Filter,
  read: BlockReader,
  n: number,
  { stretches = 64, rows = 256 }: SelectivityOptions = {},
): Promise<Selectivity> {
  if (n <= stretches * rows) return countedSelectivity(filter.mask(await read(0, n), n));
  const shares: number[] = [];
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * (n - rows)) / Math.max(1, stretches - 1));
    shares.push(countedSelectivity(filter.mask(await read(from, from + rows), rows)).share);
  }
  const { value: share, standardError } = meanEstimate(shares);
  const half = studentQuantile(LEVEL, stretches - 1) * standardError;
  return {
    share,
    low: Math.max(0, Math.min(share - half, 1 - 3 / stretches)),
    high: Math.min(1, Math.max(share + half, 3 / stretches)),
    rows: stretches * rows,
  };
}
