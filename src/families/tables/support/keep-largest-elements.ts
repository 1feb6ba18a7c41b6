import type { Floats } from '../../../core/matrix.ts';
import { placesBytes } from './element-places.ts';

/** What decides which numbers of a table stay. */
export interface KeepLargestElements {
  readonly dim: number;
  /** Bytes of all that is stored: places and float32. */
  readonly room: number;
  /** Of each field, rows × dim: only sizes above 0 may stay. */
  readonly sizes: readonly Float64Array[];
}

/**
 * Marks the numbers with a size above θ ≥ 0, which is one for all fields and as low as `room` allows. Of numbers that are as
 * large the first stay.
 */
export function keepLargestElements(
  kept: readonly Floats[],
  { dim, room, sizes }: KeepLargestElements,
): void {
  for (const own of kept) own.fill(0);
  const fields = kept.map((own) => {
    const grid = { rows: own.length / dim, dim };
    return { grid, elements: 0, rows: 0, bytes: placesBytes(grid, { elements: 0, rows: 0 }) };
  });
  const rowsLeft = fields.map(({ grid }) => new Uint8Array(grid.rows));
  let bytes = fields.reduce((sum, own) => sum + own.bytes, 0);
  for (const [field, element] of largestFirst(sizes)) {
    const own = fields[field];
    const row = Math.floor(element / dim);
    own.elements += 1;
    own.rows += 1 - rowsLeft[field][row];
    const now = placesBytes(own.grid, own) + 4 * own.elements;
    bytes += now - own.bytes;
    if (bytes > room) return;
    own.bytes = now;
    rowsLeft[field][row] = 1;
    kept[field][element] = 1;
  }
}

/** The field and the place in it of all sizes above 0, from the largest on. */
function* largestFirst(sizes: readonly Float64Array[]): Iterable<readonly [number, number]> {
  const starts = [0];
  for (const own of sizes) starts.push(starts[starts.length - 1] + own.length);
  const all = new Float64Array(starts[sizes.length]);
  const fieldOf = new Uint32Array(all.length);
  sizes.forEach((own, field) => {
    all.set(own, starts[field]);
    fieldOf.fill(field, starts[field], starts[field + 1]);
  });
  const order = Uint32Array.from(all.keys())
    .filter((at) => all[at] > 0)
    .sort((a, b) => all[b] - all[a] || a - b);
  for (const at of order) yield [fieldOf[at], at - starts[fieldOf[at]]];
}
