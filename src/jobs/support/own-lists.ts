import type { PackedArray } from '../../io/packed.ts';
import { type Lists, noLists } from './lists.ts';

/** Lists with their rows, ascending. */
export function graphArrays(
  rows: Int32Array,
  { indices, distances, n, k }: Lists,
): Record<string, PackedArray> {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => rows[a] - rows[b]);
  const sorted = noLists(n, k);
  for (const [at, i] of order.entries()) {
    sorted.indices.set(indices.subarray(i * k, (i + 1) * k), at * k);
    sorted.distances.set(distances.subarray(i * k, (i + 1) * k), at * k);
  }
  return {
    rows: { shape: [n], data: order.map((i) => rows[i]) },
    indices: { shape: [n, k], data: sorted.indices },
    distances: { shape: [n, k], data: sorted.distances },
  };
}
