import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';

/** Products held at once: 64 MiB of float32. */
const PRODUCTS = 2 ** 24;

/** Rows asked about, and k rows listed for each. */
export interface Lists {
  readonly rows: Int32Array;
  readonly k: number;
  /** m × k row numbers. */
  readonly indices: Int32Array;
}

export interface RankPenalties {
  /** Of each row asked about, m. */
  readonly own: Float64Array;
  /**
   * What the n rows do to the penalties of others: of rows asked about at even and at odd places. A listed row adds its
   * own penalty less the mean of the list, as another would be listed in its place; a row adds 1 to the rank of each
   * row that it is nearer than, and so to its penalty if there is one.
   */
  readonly caused: readonly [even: Float64Array, odd: Float64Array];
}

/**
 * For each row i asked about, Σ_j max(0, r(i, j) − k) over the k rows j listed for it, with r(i, j) = 1 + the number of
 * other rows strictly nearer to row i of `points` than row j is.
 *
 * Distances come from products on the engine; those too near to a listed row's for the rounding of products are
 * recomputed from differences in float64, so that the ranks are exact. O(mnd).
 */
export async function rankPenalties(
  points: Matrix,
  lists: Lists,
  engine: Engine,
  work: Work,
): Promise<RankPenalties> {
  const { rows, k } = lists;
  const n = points.rows;
  const middle = centered(points);
  const ranking: Ranking = {
    points,
    squares: squaredLengths(middle),
    rounding: roundingOf(middle),
    thresholds: new Float64Array(k),
    places: new Int32Array(n),
    counts: new Float64Array(k + 1),
  };
  const own = new Float64Array(rows.length);
  const caused = [new Float64Array(n), new Float64Array(n)] as const;
  const block = Math.max(1, Math.floor(PRODUCTS / n));
  for (let from = 0; from < rows.length; from += block) {
    const asked = rows.subarray(from, from + block);
    const queries = gathered(middle, asked);
    const products = await engine.matmul(queries, middle, true, { signal: work.signal });
    for (let q = 0; q < asked.length; q++) {
      const at = from + q;
      const listed = lists.indices.subarray(at * k, (at + 1) * k);
      const row = products.data.subarray(q * n, (q + 1) * n);
      own[at] = penaltyOfRow(ranking, asked[q], listed, row, caused[at % 2]);
    }
    work.onProgress?.(Math.min(1, (from + block) / rows.length));
  }
  return { own, caused };
}

/** What ranking needs for every row, with memory that is used again. */
interface Ranking {
  readonly points: Matrix;
  /** Squared lengths of the centred rows, whose products are given. */
  readonly squares: Float64Array;
  readonly rounding: number;
  /** The listed rows' squared distances, ascending. */
  readonly thresholds: Float64Array;
  /** How many of them each row is not below. */
  readonly places: Int32Array;
  readonly counts: Float64Array;
}

/** A bound, relative to |x|² + |y|², on the error of |x − y|² from a product, and of centring its factors. */
function roundingOf({ data, cols: d }: Matrix): number {
  const wide = data instanceof Float64Array;
  // Engines sum float32 products 256 terms at a time, and then the sums.
  const terms = wide ? d : Math.min(d, 256) + d / 256;
  return (terms + 8) * (wide ? 2 ** -53 : 2 ** -24);
}

function penaltyOfRow(
  ranking: Ranking,
  i: number,
  listed: Int32Array,
  products: ArrayLike<number>,
  caused: Float64Array,
): number {
  const { points, thresholds, counts, places } = ranking;
  const { data, cols: d } = points;
  const k = listed.length;
  for (let r = 0; r < k; r++) thresholds[r] = squaredDistance(data, i * d, data, listed[r] * d, d);
  thresholds.sort();
  placeRows(ranking, i, products);
  let nearer = 0;
  let penalty = 0;
  // counts[p] becomes how many listed rows with a penalty a row at place p is nearer than.
  for (let r = 0; r < k; r++) {
    nearer += counts[r];
    thresholds[r] = Math.max(0, 1 + nearer - k);
    penalty += thresholds[r];
  }
  counts[k] = 0;
  for (let p = k - 1; p >= 0; p--) counts[p] = counts[p + 1] + (thresholds[p] > 0 ? 1 : 0);
  for (let r = 0; r < k; r++) {
    const j = listed[r];
    // A listed row is not below its own distance: the last place of those that have it.
    caused[j] += thresholds[places[j] - 1] - penalty / k;
  }
  for (let j = 0; j < places.length; j++) if (j !== i) caused[j] += counts[places[j]];
  return penalty;
}

/** Sets `places` and counts how many rows have each. */
function placeRows(
  { points, squares, rounding, thresholds, places, counts }: Ranking,
  i: number,
  products: ArrayLike<number>,
): void {
  const { data, cols: d } = points;
  const k = thresholds.length;
  const own = squares[i];
  counts.fill(0);
  for (let j = 0; j < squares.length; j++) {
    if (j === i) continue;
    const both = own + squares[j];
    const error = rounding * both;
    const squared = both - 2 * products[j];
    let place = placeOf(squared, thresholds);
    const isNear =
      (place > 0 && squared - thresholds[place - 1] <= error) ||
      (place < k && thresholds[place] - squared <= error);
    if (isNear) place = placeOf(squaredDistance(data, i * d, data, j * d, d), thresholds);
    places[j] = place;
    counts[place] += 1;
  }
}

/** How many thresholds are at most x. */
function placeOf(x: number, thresholds: Float64Array): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
