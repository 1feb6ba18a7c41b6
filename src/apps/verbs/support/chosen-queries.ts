import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { SparseMatrix } from '../../../core/sparse.ts';
import type { Corpus } from '../../../families/search/types.ts';

/** Queries whose points are a matrix. */
export interface Queries extends Corpus {
  readonly points?: Matrix | undefined;
}

/** How many queries there are. */
export function queryCount({ points, offsets, sparse, texts }: Queries): number {
  return offsets ? offsets.length - 1 : (points?.rows ?? sparse?.rows ?? texts?.length ?? 0);
}

/** Some of the queries, in the order of their places. */
export function chosenQueries(queries: Queries, places: readonly number[]): Queries {
  if (places.length === queryCount(queries)) return queries;
  const { points, offsets, sparse, texts } = queries;
  return {
    texts: texts && places.map((q) => texts[q]),
    sparse: sparse && sparseRows(sparse, places),
    points: points && gathered(points, offsets ? elementsOf(offsets, places) : places),
    offsets: offsets && chosenOffsets(offsets, places),
  };
}

function sparseRows({ cols, offsets, columns, values }: SparseMatrix, places: readonly number[]) {
  const chosen = elementsOf(offsets, places);
  return {
    rows: places.length,
    cols,
    offsets: chosenOffsets(offsets, places),
    columns: Int32Array.from(chosen, (e) => columns[e]),
    values: Float64Array.from(chosen, (e) => values[e]),
  };
}

/** What lies between the offsets of each place, one after another. */
function elementsOf(offsets: Int32Array, places: readonly number[]): number[] {
  return places.flatMap((q) => range(offsets[q], offsets[q + 1]));
}

function chosenOffsets(offsets: Int32Array, places: readonly number[]): Int32Array {
  const ends = Int32Array.of(0, ...places.map((q) => offsets[q + 1] - offsets[q]));
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  return ends;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
