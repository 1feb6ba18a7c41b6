import { commonCounts, nearestOf } from '../../../families/comparisons/support/neighbors.ts';
import { rotatedCosines } from '../../../families/comparisons/support/rotation.ts';
import { rowCosines } from '../../../families/comparisons/support/row-cosines.ts';
import { spectraOf } from '../../../families/comparisons/support/spectra.ts';
import type { Pair, SharedNeighbors } from '../../../families/comparisons/types.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import type { ComparePictures } from '../../report/compare/contract.ts';

/** Lists of the k nearest, k = 1 … so many. */
const MOST_NEIGHBORS = 50;
const LISTED = 10;
const MOVED = 12;

/** What the report of a comparison draws besides its numbers. */
export async function detailsOf(
  pair: Pair,
  labels: readonly string[] | undefined,
): Promise<ComparePictures> {
  const { a, b } = await spectraOf(pair);
  const spectra = {
    a: a.values.map((value) => value / a.total),
    b: b.values.map((value) => value / b.total),
  };
  const n = pair.all.a.rows;
  if (!pair.paired || n < 4) return { spectra };
  const lists = await pair.neighbors(Math.min(MOST_NEIGHBORS, n - 1));
  const labelOf = (row: number) => labels?.[row] ?? `row ${row}`;
  return {
    spectra,
    cosines: {
      rotated: await rotatedCosines(pair),
      ...(pair.a.cols === pair.b.cols ? plainCosines(pair) : {}),
    },
    overlap: overlapByCount(lists, n),
    moved: movedRows(nearestOf(lists, Math.min(LISTED, lists.k)), labelOf),
  };
}

function plainCosines(pair: Pair) {
  const { a, b } = pair.directions();
  const order = pair.random('unrelated rows').sample(pair.n);
  const unrelated = Float64Array.from(order, (j, i) => rowDot(a, i, b, j));
  return { plain: rowCosines(pair).cosines, unrelated };
}

function overlapByCount(lists: SharedNeighbors, n: number) {
  const mean = Float64Array.from({ length: lists.k }, (_, i) => {
    const counts = commonCounts(nearestOf(lists, i + 1));
    return counts.reduce((sum, count) => sum + count, 0) / (counts.length * (i + 1));
  });
  return { mean, chance: mean.map((_, i) => (i + 1) / (n - 1)) };
}

/** The rows that keep fewest neighbours; of equal ones those that come first. */
function movedRows(lists: SharedNeighbors, labelOf: (row: number) => string) {
  const { rows, k, a, b } = lists;
  const counts = commonCounts(lists);
  const order = Int32Array.from(counts.keys()).sort((i, j) => counts[i] - counts[j] || i - j);
  const names = (indices: Int32Array, q: number) =>
    Array.from(
      indices.subarray(q * k, (q + 1) * k).filter((j) => j >= 0),
      labelOf,
    );
  return {
    k,
    among: rows.length,
    rows: Array.from(order.subarray(0, MOVED), (q) => ({
      label: labelOf(rows[q]),
      a: names(a, q),
      b: names(b, q),
      overlap: counts[q],
    })),
  };
}
