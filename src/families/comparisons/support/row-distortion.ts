import type { Pair } from '../types.ts';
import { fewerThanHalf, rowFaithfulness } from './neighbor-faithfulness.ts';

/** How badly each row is placed in a map B of A. */
export interface RowDistortion {
  readonly k: number;
  /** The rows asked about, ascending: all, or a sample of a pair that takes one. */
  readonly rows: Int32Array;
  /** Of its k neighbours in B: 0 where all are among its k nearest in A, 1 where they are the farthest rows there. */
  readonly falseNeighbors: Float64Array;
  /** Of its k nearest in A: 0 where all are among its k neighbours in B, 1 where they are the farthest rows there. */
  readonly missingNeighbors: Float64Array;
}

/**
 * What each row loses of trustworthiness (false neighbours) and of continuity (missing neighbours): their means are
 * one less those numbers. About ½ in a random map. Needs 3 rows.
 */
export async function rowDistortion(pair: Pair, k = 12): Promise<RowDistortion> {
  const fewer = fewerThanHalf(k, pair.all.a.rows);
  const { rows, values } = await rowFaithfulness(pair, fewer, 'of b in a');
  const missing = await rowFaithfulness(pair, fewer, 'of a in b');
  const lost = (kept: Float64Array) => kept.map((x) => 1 - x);
  return { k: fewer, rows, falseNeighbors: lost(values), missingNeighbors: lost(missing.values) };
}
