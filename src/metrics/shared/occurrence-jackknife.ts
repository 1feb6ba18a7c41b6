import type { KnnGraph } from '../../core/graph.ts';
import type { Random } from '../../core/random.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { LEVEL } from '../contract.ts';
import { rowOfList } from './neighbor-lists.ts';

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

/**
 * t · √((G − 1)/G Σ (θ_g − θ̄)²) of values that each leave out one of G groups of equal size.
 *
 * Where a few rows make the spread, so that one group stands out, the spread itself is known badly: with κ
 * the kurtosis of the values it has about 2G/(κ − 1) degrees of freedom (Satterthwaite), G − 1 at most.
 */
export function jackknifeSpread(values: ArrayLike<number>): number {
  const groups = values.length;
  let mean = 0;
  for (let g = 0; g < groups; g++) mean += values[g] / groups;
  let [squares, fourths] = [0, 0];
  for (let g = 0; g < groups; g++) {
    const square = (values[g] - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  if (!(squares > 0)) return squares;
  const kurtosis = (groups * fourths) / squares ** 2;
  const freedom = Math.min(groups - 1, (2 * groups) / Math.max(1e-9, kurtosis - 1));
  return studentQuantile(LEVEL, freedom) * Math.sqrt(((groups - 1) / groups) * squares);
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
