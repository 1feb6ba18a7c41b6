import type { KnnGraph } from '../../../core/graph.ts';
import type { Random } from '../../../core/random.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { rowOfList } from '../../../structures/neighbors/neighbor-lists.ts';

/** Rows are left out in this many groups. */
const GROUPS = 40;

/** Lists this long let a neighbour that is left out be replaced by the next one. */
export function spareNeighbors(k: number): number {
  return k + Math.max(4, Math.ceil(k / 2));
}

/**
 * Half the width of a 95 % interval of a statistic of the k-occurrences, by leaving out the rows in 40
 * groups, as those that have neighbours and as those that are neighbours: lists close up to the next
 * neighbour, as if the rows had never been there.
 *
 * (G − 1)/G Σ (θ_g − θ̄)² is the jackknife's variance, Student's law with G − 1 degrees its spread.
 *
 * @param statistic From the occurrences of the rows in so many lists.
 */
export function occurrenceSpread(
  graph: KnnGraph,
  k: number,
  n: number,
  random: Random,
  statistic: (counts: Int32Array, lists: number) => number,
): number {
  const groups = Math.min(GROUPS, n);
  const groupOf = new Uint8Array(n);
  for (const [place, row] of random.sample(n).entries()) groupOf[row] = place % groups;
  const values = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const { counts, lists } = countsWithout(graph, k, groupOf, g);
    values[g] = statistic(counts, lists);
  }
  return jackknifeSpread(values);
}

function countsWithout(
  graph: KnnGraph,
  k: number,
  groupOf: Uint8Array,
  group: number,
): { readonly counts: Int32Array; readonly lists: number } {
  const counts = new Int32Array(groupOf.length);
  let lists = 0;
  for (let i = 0; i < graph.n; i++) {
    if (groupOf[rowOfList(graph, i)] === group) continue;
    lists += 1;
    let left = k;
    const end = (i + 1) * graph.k;
    for (let at = i * graph.k; at < end && left > 0; at++) {
      const j = graph.indices[at];
      if (j < 0 || groupOf[j] === group) continue;
      counts[j] += 1;
      left -= 1;
    }
  }
  return { counts: counts.filter((_, row) => groupOf[row] !== group), lists };
}
