import { chordBetween } from './chord.ts';
import type { Watch } from './watch.ts';

/** In more dimensions every cell is next to most points. */
export const MOST_CELLED = 8;
/** Coordinates that make a cell. */
const AXES = 3;

type Visit = (i: number, j: number) => void;

/** The smallest chord of many rows in few dimensions. */
export async function closestChord(x: Float64Array, d: number, watch: Watch): Promise<number> {
  let shortest = Infinity;
  const visit: Visit = (i, j) => {
    shortest = Math.min(shortest, chordBetween(x, i, j, d, 1));
  };
  // Within small cells first: the reach of the second look is what that finds.
  await visitPairs(cellsOf(x, d, 0), [0], watch, visit);
  await visitNear(x, d, Math.min(2, shortest), watch, visit);
  return shortest;
}

/**
 * Calls `visit` with where the rows of each pair begin that are nearer than the reach, and of others whose
 * first three coordinates differ by little.
 */
export function visitNear(
  x: Float64Array,
  d: number,
  reach: number,
  watch: Watch,
  visit: Visit,
): Promise<void> {
  const cells = cellsOf(x, d, reach);
  return visitPairs(cells, cells.ways, watch, visit);
}

interface Cells {
  /** Where the rows in each cell begin. */
  readonly rows: ReadonlyMap<number, readonly number[]>;
  /** From a cell to itself and to half of those around it, so that each pair of cells is seen once. */
  readonly ways: readonly number[];
}

/** Cells at least as wide as the reach, and not so small that there are more of them than rows. */
function cellsOf(x: Float64Array, d: number, reach: number): Cells {
  const axes = Math.min(AXES, d);
  const side = Math.max(reach, 2 * (x.length / d) ** (-1 / axes));
  const across = Math.floor(2 / side) + 3;
  const places = Array.from({ length: axes }, (_, c) => across ** c);
  const rows = new Map<number, number[]>();
  for (let i = 0; i < x.length; i += d) {
    let cell = 0;
    for (let c = 0; c < axes; c++) cell += places[c] * (1 + Math.floor((x[i + c] + 1) / side));
    const known = rows.get(cell);
    if (known) known.push(i);
    else rows.set(cell, [i]);
  }
  const around = places.reduce<number[]>(
    (ways, place) => ways.flatMap((way) => [way - place, way, way + place]),
    [0],
  );
  return { rows, ways: around.filter((way) => way >= 0) };
}

async function visitPairs(
  { rows }: Cells,
  ways: readonly number[],
  watch: Watch,
  visit: Visit,
): Promise<void> {
  for (const [cell, here] of rows) {
    for (const way of ways) {
      const there = rows.get(cell + way) ?? [];
      for (const i of here) for (const j of there) if (way > 0 || j < i) visit(i, j);
    }
    await watch.checkpoint();
  }
}
