import { log } from '../../core/numeric.ts';

/** How rows of few numbers that are not 0 spread over columns, and what comparing them costs. */
export interface SparseCost {
  /** Σ_c p_c²: multiplications for a pair of rows, on average over all pairs with replacement. */
  readonly flops: number;
  /** Σ_c p_c: numbers of a row that are not 0, on average. */
  readonly nonzeros: number;
  /** max_c p_c: the share of the rows in the longest list. */
  readonly heaviest: number;
  /** d·Σp²/(Σp)²: 1 where all columns are used alike, the least that is possible; d where one column has everything. */
  readonly flopsRatio: number;
  /** The entropy of p_c/Σp over log d: 1 where all columns are used alike. */
  readonly evenness: number;
  /** The share of the columns that no row uses. */
  readonly unused: number;
}

/**
 * The cost of sparse inner products by an inverted file, p_c the share of the rows that are not 0 in column c (Paria et
 * al. 2020, section 3).
 *
 * @param counts for each of d columns the rows that are not 0 in it
 * @param rows all rows, at least 1
 */
export function sparseCost(counts: ArrayLike<number>, rows: number): SparseCost {
  const d = counts.length;
  let [sum, squares, heaviest, unused] = [0, 0, 0, 0];
  for (let c = 0; c < d; c++) {
    const p = counts[c] / rows;
    sum += p;
    squares += p * p;
    heaviest = Math.max(heaviest, p);
    if (p === 0) unused++;
  }
  let entropy = 0;
  for (let c = 0; c < d; c++) {
    const share = counts[c] / rows / sum;
    if (share > 0) entropy -= share * log(share);
  }
  return {
    flops: squares,
    nonzeros: sum,
    heaviest,
    flopsRatio: sum > 0 ? (d * squares) / (sum * sum) : 1,
    evenness: d > 1 ? entropy / log(d) : 1,
    unused: d > 0 ? unused / d : 0,
  };
}
