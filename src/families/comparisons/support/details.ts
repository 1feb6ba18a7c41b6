import { rowDot } from '../../../numerics/rows/dot.ts';
import type { Pair, SharedNeighbors } from '../types.ts';
import { commonCounts, nearestOf } from './neighbors.ts';
import { rotatedCosines } from './rotation.ts';
import { rowCosines } from './row-cosines.ts';
import { spectraOf } from './spectra.ts';

/** Values of rows, directions or counts. */
type Numbers = ArrayLike<number>;

/** A row whose neighbours changed. */
export interface MovedRow {
  readonly label: string;
  /** Its nearest in A and in B, and how many are in both lists. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly overlap: number;
}

/** What is drawn; of two sets without pairs of rows, the spectra only. */
export interface ComparePictures {
  /** Shares of the variance by direction, largest first. */
  readonly spectra: { readonly a: Numbers; readonly b: Numbers };
  readonly cosines?:
    | {
        /** Of rows as they stand, where both have the same columns. */
        readonly plain?: Numbers | undefined;
        /** After the rotation that fits other rows best. */
        readonly rotated: Numbers;
        /** Of rows as they stand with rows of other numbers. */
        readonly unrelated?: Numbers | undefined;
      }
    | undefined;
  /** Mean overlap of the k nearest neighbours, k = 1 …, and k/(n − 1) by chance. */
  readonly overlap?: { readonly mean: Numbers; readonly chance: Numbers } | undefined;
  /** The rows that keep fewest of their k neighbours, of `among` rows looked at. */
  readonly moved?:
    | { readonly k: number; readonly among: number; readonly rows: readonly MovedRow[] }
    | undefined;
}

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
