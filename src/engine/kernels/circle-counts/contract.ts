import { OptionError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { requirePlanes } from '../circle-spacing/contract.ts';

/**
 * What `circle-spacing` knows by sorting, known by counting: two operations on projections n × 2L of n points on the
 * planes of L circles.
 *
 * circle-counts: how many angles a_il = atan2(x_q, x_p) lie in each of K arcs of circle l, and their sum, L × (K + 1)
 * in float64. An angle is rounded to the element type and lies in arc ⌊(a + π)·K/2π⌋, the last one where that is K or
 * more; in the sum it counts as a whole multiple of 2⁻²⁰. All sums are of whole numbers, and so the same in any order
 * and in any parts, up to 2³¹ rows.
 *
 * circle-forces: given for each circle and arc two numbers (α, β), L × K × 2, the residual of an angle at share u of
 * the way through its arc is r = a − (α + β·u); each pair of columns (x_p, x_q) becomes f·(−x_q, x_p),
 *
 *   f = scale · r · 1/ρ · min(1/ρ, cap),   ρ² = x_p² + x_q²;  0 where ρ is 0,
 *
 * and the sum of r² over all is returned: over the rows of a block, circle by circle, then over blocks of 1,024 rows.
 * Bytes are the same on every engine.
 */
export interface ArcForces {
  /** L × K × 2. */
  readonly arcs: Float64Array;
  readonly scale: number;
  readonly inverseCap: number;
}

/** Rows of a task. */
export const BLOCK_ROWS = 1024;
/** Angles count in the sum as whole multiples of one over this. */
export const ANGLE_UNITS = 2 ** 20;

/** Rows that share counters, and circles that a task counts: what is summed apart stays small. */
export const COUNTED_CIRCLES = 16;
const MOST_COUNTERS = 2 ** 20;
/** Fewer rows are not worth counters of their own. */
const COUNTED_ROWS = 16384;

/** How many parts the rows are counted in: a matter of memory, not of results. */
export function countedParts(n: number, width: number): number {
  return Math.max(1, Math.min(64, Math.floor(MOST_COUNTERS / width), Math.ceil(n / COUNTED_ROWS)));
}

export function requireArcs(projections: Matrix, arcs: number): void {
  requirePlanes(projections);
  if (Number.isInteger(arcs) && arcs >= 1 && arcs <= 2 ** 20) return;
  throw new OptionError('circle-counts', 'arcs', 'a whole number from 1 to 2²⁰', arcs);
}

/** The number of arcs. */
export function requireArcForces(projections: Matrix, { arcs }: ArcForces): number {
  requirePlanes(projections);
  const circles = projections.cols / 2;
  const count = arcs.length / (2 * circles);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new ShapeError(
    'circle-forces',
    `two numbers for each arc of ${circles} circles`,
    `${arcs.length}`,
  );
}
