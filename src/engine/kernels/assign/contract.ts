import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/**
 * assign: queries m × d, points n × d → for each query the index and the distance of its nearest row
 * of `points`, by the rules of `kernels/nearest/contract.ts` with k = 1 and nothing excluded.
 */
export function requireSameCols(where: string, queries: Matrix, points: Matrix): void {
  if (queries.cols === points.cols) return;
  const got = `${queries.cols} and ${points.cols} columns`;
  throw new ShapeError(where, 'queries and points with as many columns', got);
}
