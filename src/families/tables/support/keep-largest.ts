import { meanSize } from './above-threshold.ts';
import type { PackedRows } from './packed-rows.ts';

/** What decides which rows stay. */
export interface KeepLargest {
  readonly dim: number;
  /** Bytes of all rows together. */
  readonly room: number;
  /** t of each field. */
  readonly thresholds: readonly number[];
}

/**
 * Keeps the rows with m − t > θ, m the mean size of what is left of a row by the width of its field: θ ≥ 0 is one for all
 * fields, and as low as `room` allows. Of rows that are as far above their thresholds the first stay.
 */
export function keepLargest(
  { tables, kept, widths }: Pick<PackedRows, 'tables' | 'kept' | 'widths'>,
  { dim, room, thresholds }: KeepLargest,
): void {
  const above = tables.flatMap(({ data }, field) =>
    Array.from(kept[field], (_, id) => ({
      field,
      id,
      by: meanSize(data, id * dim, widths[field]) - thresholds[field],
    })),
  );
  for (const own of kept) own.fill(0);
  let left = room;
  for (const { field, id, by } of above.toSorted((a, b) => b.by - a.by)) {
    left -= 4 * widths[field];
    if (left < 0 || by <= 0) return;
    kept[field][id] = 1;
  }
}
