import { alike, type Matrix, rows } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';

/** Products of a block are this many at most. */
const BLOCK = 1 << 22;

/** For each asked row, how many rows are nearer by cosine than its partner. */
export interface PartnerRanks {
  /** Rows with a larger cosine than the partner's. */
  readonly above: Int32Array;
  /** Other rows with the same cosine: equal rows, or all where a row is zero. */
  readonly equal: Int32Array;
  /** The cosine with the partner. */
  readonly partner: Float64Array;
}

/** Where the partner of each asked row stands among all rows by cosine; O(qmd) time, a block of products at a time. */
export async function partnerRanks(
  asked: Matrix,
  among: Matrix,
  partners: ArrayLike<number>,
  { engine, work = {} }: { readonly engine: Engine; readonly work?: Work | undefined },
): Promise<PartnerRanks> {
  const { rows: q } = asked;
  const { rows: m } = among;
  const queries = unitOrZeroRows(asked).points;
  const targets = alike(unitOrZeroRows(among).points, queries);
  const found = {
    above: new Int32Array(q),
    equal: new Int32Array(q),
    partner: new Float64Array(q),
  };
  const size = Math.max(1, Math.floor(BLOCK / m));
  for (let start = 0; start < q; start += size) {
    const block = rows(queries, start, Math.min(q, start + size));
    const products = await engine.matmul(block, targets, { transposeB: true }, work);
    count(products, start, partners, found);
  }
  return found;
}

function count(
  { data, rows: n, cols: m }: Matrix,
  start: number,
  partners: ArrayLike<number>,
  { above, equal, partner }: PartnerRanks,
): void {
  for (let i = 0; i < n; i++) {
    const own = data[i * m + partners[start + i]];
    let [larger, same] = [0, -1];
    for (let e = i * m; e < (i + 1) * m; e++) {
      const cosine = data[e];
      if (cosine > own) larger += 1;
      else if (cosine === own) same += 1;
    }
    above[start + i] = larger;
    equal[start + i] = same;
    partner[start + i] = own;
  }
}

/** For each row the probability that its partner is among the k nearest, equal ones in random order: 0 or 1 without these. */
export function hitsAt({ above, equal }: PartnerRanks, k: number): Float64Array {
  return Float64Array.from(above, (larger, i) =>
    Math.min(1, Math.max(0, (k - larger) / (equal[i] + 1))),
  );
}

/** The mean of 1/rank of the partners; of equal rows half are taken as nearer. */
export function meanReciprocalRank({ above, equal }: PartnerRanks): number {
  return above.reduce((sum, larger, i) => sum + 1 / (1 + larger + equal[i] / 2), 0) / above.length;
}
