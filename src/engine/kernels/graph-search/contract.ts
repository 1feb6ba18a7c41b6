import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/**
 * graph-search: from the entries the nearest rows are opened one after the other, and the neighbours of an opened row
 * are scored, until all of the `effort` nearest that count are open; the k best of them are the answer. Rows that are
 * not allowed are opened like others and do not count. Scores are ⟨q, x⟩ or −‖q − x‖, in float64 in the order of
 * `innerProduct` and `squaredDistance`; equal ones by lower row. Bytes are the same on every engine.
 */
export interface GraphSearch {
  /** m × d. */
  readonly queries: Matrix;
  /** n × d. */
  readonly points: Matrix;
  /** n × degree: the rows that a row leads to, −1 after the last; what is no row ends a list as well. */
  readonly neighbors: Int32Array;
  /** Rows to start from. */
  readonly entries: Int32Array;
  /** Nearest rows that are kept on the way; at least k. */
  readonly effort: number;
  readonly k: number;
  /** Whether near is a large ⟨q, x⟩, not a small ‖q − x‖. */
  readonly product: boolean;
  /** n numbers: 0 for rows that are no answer. */
  readonly allowed?: Uint8Array | undefined;
}

export interface GraphFound {
  /** m × k, best first; −1 where no more were met. */
  readonly rows: Int32Array;
  /** m × k; −∞ where no more were met. */
  readonly scores: Float64Array;
  /** Rows scored, for each query. */
  readonly scanned: Float64Array;
}

/** Neighbours of a row in `neighbors`. */
export function degreeOf({ queries, points, neighbors, entries, ...request }: GraphSearch): number {
  const { rows: n, cols: d } = points;
  const { effort, k, allowed } = request;
  if (queries.cols !== d)
    throw new ShapeError('graph-search', `queries of ${d} columns`, `${queries.cols}`);
  if (!Number.isSafeInteger(k) || k < 1)
    throw new OptionError('graph-search', 'k', 'an integer, at least 1', k);
  if (!Number.isSafeInteger(effort) || effort < 1)
    throw new OptionError('graph-search', 'effort', 'an integer, at least 1', effort);
  if (n === 0 || neighbors.length % n !== 0)
    throw new ShapeError(
      'graph-search',
      `as many neighbors for each of ${n} rows`,
      `${neighbors.length}`,
    );
  if (!inside(entries, 0, n)) throw new InputError('graph-search', 'an entry is no row.');
  if (allowed && allowed.length !== n)
    throw new ShapeError('graph-search', `${n} numbers in allowed`, `${allowed.length}`);
  return neighbors.length / n;
}

/**
 * diversify: for each of m owners, from its candidates (−1: none), nearest first, those that no kept one is nearer to:
 * c is kept unless α ‖p − c‖ ≤ ‖x − c‖ for a kept p (Vamana's robust pruning; α = 1: relative neighbours), at most
 * `degree`. Equal distances by lower row; the owner and repetitions are left out. Bytes are the same on every engine.
 */
export interface Diversify {
  readonly points: Matrix;
  /** m rows. */
  readonly owners: Int32Array;
  /** m × c rows. */
  readonly candidates: Int32Array;
  readonly degree: number;
  readonly alpha: number;
}

/** Candidates of an owner. */
export function widthOf({ points, owners, candidates, degree, alpha }: Diversify): number {
  if (!Number.isSafeInteger(degree) || degree < 1)
    throw new OptionError('diversify', 'degree', 'an integer, at least 1', degree);
  if (!(alpha >= 1)) throw new OptionError('diversify', 'alpha', 'at least 1', alpha);
  if (!inside(owners, 0, points.rows) || !inside(candidates, -1, points.rows))
    throw new InputError('diversify', `a row outside of the ${points.rows} points.`);
  if (owners.length > 0 && candidates.length % owners.length !== 0)
    throw new ShapeError('diversify', 'as many candidates for each owner', `${candidates.length}`);
  return owners.length === 0 ? 0 : candidates.length / owners.length;
}

/** Kernels trust rows. */
function inside(rows: Int32Array, least: number, n: number): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i] < least || rows[i] >= n) return false;
  return true;
}
