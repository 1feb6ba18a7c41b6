/**
 * The k nearest neighbours of each of n rows, nearest first; equal distances by lower index.
 *
 * `indices` and `distances` are n × k, row-major; a missing neighbour is index -1, distance ∞.
 */
export interface KnnGraph {
  readonly indices: Int32Array;
  /** Euclidean (chordal, for unit rows) distances, recomputed in float64 from differences. */
  readonly distances: Float64Array;
  /** Number of lists. */
  readonly n: number;
  readonly k: number;
  /** Whose lists these are, ascending, where not every row has one; left out: list i is row i's. */
  readonly rows?: Int32Array | undefined;
}
