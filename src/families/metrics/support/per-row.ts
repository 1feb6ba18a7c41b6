import type { KnnGraph } from '../../../core/graph.ts';
import { rowOfList } from '../../../structures/neighbors/neighbor-lists.ts';

/** n values: those known of some rows, NaN for the others. */
export function valuesOfRows(
  n: number,
  rows: ArrayLike<number>,
  values: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(n).fill(NaN);
  for (let i = 0; i < rows.length; i++) out[rows[i]] = values[i];
  return out;
}

/** n values: that of each list for the row whose list it is, NaN for rows without one. */
export function valuesOfLists(
  graph: KnnGraph,
  n: number,
  valueFor: (list: number) => number,
): Float64Array {
  const out = new Float64Array(n).fill(NaN);
  for (let i = 0; i < graph.n; i++) out[rowOfList(graph, i)] = valueFor(i);
  return out;
}
