import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';

/** Lists that are compared with the rows, spread over all. */
const LOOKED_AT = 100;
/** Distances of float32 rows that a kernel found by products differ by less, as a share of the lengths of the rows. */
const ROUNDED = 1e-3;

/**
 * What to say of lists from elsewhere whose distances are not the Euclidean ones of the rows: those of unit rows, as
 * `tammes measure` saves them, of rows corrected against hubs, or of other rows.
 */
export function otherDistances({ indices, distances, n, k }: KnnGraph, points: Matrix): string[] {
  const { data, cols: d } = points;
  for (let i = 0; i < n; i += Math.ceil(n / LOOKED_AT)) {
    const j = indices[i * k];
    if (j < 0) continue;
    let [squares, lengths] = [0, 0];
    for (let c = 0; c < d; c++) {
      const [x, y] = [data[i * d + c], data[j * d + c]];
      squares += (x - y) ** 2;
      lengths += x * x + y * y;
    }
    const [own, given] = [Math.sqrt(squares), distances[i * k]];
    if (Math.abs(own - given) <= ROUNDED * Math.sqrt(lengths)) continue;
    return [
      `The neighbours that were given are not by distance: row ${i} has row ${j} at ${given.toPrecision(3)}, their distance is ${own.toPrecision(3)} (tammes measure saves lists of unit rows). The map follows the lists, new rows are placed by distance; leave the lists out, or give rows of unit length.`,
    ];
  }
  return [];
}
