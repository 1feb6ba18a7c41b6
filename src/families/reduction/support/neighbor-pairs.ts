import type { KnnGraph } from '../../../core/graph.ts';
import type { Random } from '../../../core/random.ts';

/** For each of the rows one of its neighbours, all as likely; the row itself where its list is empty. */
export function drawnNeighbors(
  { indices, k }: KnnGraph,
  rows: Int32Array,
  random: Random,
): Int32Array {
  return rows.map((row) => {
    const own = indices.subarray(row * k, (row + 1) * k);
    // Lists that are not full end in −1.
    const known = own.indexOf(-1) < 0 ? k : own.indexOf(-1);
    const place = random.integer(Math.max(1, known));
    return known > 0 ? own[place] : row;
  });
}
