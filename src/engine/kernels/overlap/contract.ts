/**
 * overlap: elastic disks on n unit rows (float64) of S^{d−1}.
 *
 * `collect` lists the pairs i > j ≥ 0, i ≥ frozen, whose cosine (for lines, |cosine|) exceeds `least`.
 * `forces` sums over the listed pairs with chord r < D, h = D − r and r = √(2 − 2c):
 * energy Σh², overlapSum Σh, and into row i of `gradient` the Riemannian gradient, Σ_j (2h/r)·x_j less
 * its part along x_i (for lines c = |⟨x_i, x_j⟩| and x_j comes with the sign of the product). Rows
 * before `frozen` get a gradient of 0.
 *
 * Implementations agree to rounding; each gives the same bits everywhere.
 */
export interface OverlapKernel {
  /** Lists the close pairs of the rows; returns how many. */
  collect(points: Float64Array, least: number): number;
  /** Overwrites `gradient`. */
  forces(points: Float64Array, diameter: number, gradient: Float64Array): OverlapSums;
  /** Listed pairs whose cosine at `points` exceeds `least`, in order. */
  closer(points: Float64Array, least: number): ClosePair[];
  /** How many pairs have a cosine above `least`; the list stays as it is. */
  count(points: Float64Array, least: number): number;
  /** Largest cosine of two different rows; −∞ for one row. */
  largestCosine(points: Float64Array): number;
}

export interface OverlapSums {
  readonly energy: number;
  readonly overlapSum: number;
}

/** Rows i > j; `sign` is −1 where, for lines, x_i and −x_j are the close ones. */
export interface ClosePair {
  readonly i: number;
  readonly j: number;
  readonly sign: number;
  /** For lines, of x_i and sign·x_j. */
  readonly cosine: number;
}

export interface OverlapShape {
  readonly n: number;
  readonly d: number;
  /** Rows before this one never move: pairs among them are not listed. */
  readonly frozen: number;
  readonly lines: boolean;
}

/** The chord of a cosine, kept above 0 so that coincident rows have a finite (zero) force. */
export const chordOf = (cosine: number): number => Math.sqrt(Math.max(2 - 2 * cosine, 1e-24));
