import { requireFinite } from '../../core/finite.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  type Directions,
  directionAt,
  projected,
  requireSpace,
} from '../../structures/directions/index.ts';
import type { Projected } from './axis.ts';

/** A row, where it lies on a direction, and between which values the draws put it. */
export interface SortedRow extends Projected {
  readonly low: number | null;
  readonly high: number | null;
}

export interface SortOptions {
  readonly labels?: readonly string[] | undefined;
  /** Which direction of the file; default: the first. */
  readonly direction?: number | undefined;
  /** Take rows that seem to be of another space. */
  readonly anySpace?: boolean | undefined;
}

/**
 * Rows ordered by their projection on a direction, highest first; equal ones by lower row. The interval holds the middle 95 of
 * 100 draws, each a direction from the same origin.
 *
 * @example
 * const rows = sortByAxis(await loadDirections(fileStore('price.safetensors')), points, { labels });
 */
export function sortByAxis(
  directions: Directions,
  rows: Matrix,
  { labels, direction = 0, anySpace }: SortOptions = {},
): SortedRow[] {
  requireFinite('explain sort', rows);
  requireSpace('explain sort', directions.space, rows, { anySpace });
  const one = directionAt(directions, direction);
  const { data } = projected(one, rows);
  const order = Int32Array.from(data.keys()).sort((a, b) => data[b] - data[a] || a - b);
  const { draws } = one;
  const ofDraws =
    draws.rows > 0 ? projected({ basis: draws, origin: one.origin }, rows).data : undefined;
  return Array.from(order, (row) => ({
    row,
    label: labels?.[row] ?? null,
    projection: data[row],
    ...between(ofDraws?.subarray(row * draws.rows, (row + 1) * draws.rows)),
  }));
}

function between(values: Float64Array | undefined): Pick<SortedRow, 'low' | 'high'> {
  if (!values) return { low: null, high: null };
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}

/** The place of the direction of that name, or of the only one. */
export function directionOf({ names }: Directions, name: string | undefined): number | undefined {
  if (name === undefined) return 0;
  const at = names.indexOf(name);
  return at < 0 ? undefined : at;
}
