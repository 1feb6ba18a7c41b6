import type { KnnGraph } from '../../../core/graph.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { antiHubShare, occurrences } from '../../../structures/neighbors/occurrences.ts';
import { defineMetric } from '../define.ts';
import { allLists, rowOfSample } from '../support/all-lists.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { occurrenceSpread, spareNeighbors } from '../support/occurrence-jackknife.ts';
import { neighborsOption, noFreedom } from './support/neighbors-option.ts';
import { simulatedNeighborNull } from './support/simulated-null.ts';

/**
 * Anti-hubs: the share of rows that are among the k nearest neighbours of no other row.
 *
 *     #{ i : N_k(i) = 0 }/n
 *
 * with N_k(i) the number of rows that have row i among their k nearest of the other n − 1. A search never
 * finds such a row by its neighbours. The rows are named, farthest from the others first. Of so many rows
 * that only some lists are known, a sample of 10,000 is measured among itself, and a warning says so. The
 * null is simulated from uniform points; the interval leaves out rows in 40 groups. NaN for one row.
 *
 * @remarks Use it before building a search or recommendations on neighbours: 0 is good, 0.2 says that a
 * fifth of the items will never be suggested. It rises with dimension as `hubness-skewness` does and is
 * easier to explain. It falls as k grows, so compare at one k. `hubness-corrections` shows what can be
 * done. Costs O(n² d).
 * @example
 * import { zeros } from 'tammes';
 * import { antiHubs } from 'tammes/metrics';
 *
 * // A star: the centre e₁ is 45° from each of eight arms, arms are 60° apart.
 * const star = zeros(9, 9);
 * for (let i = 0; i < 9; i++) {
 *   star.data[9 * i] = 1;
 *   star.data[9 * i + i] = 1;
 * }
 * const { value, rows } = await antiHubs(star, { k: 1 });
 * console.log(value.toFixed(3), (7 / 9).toFixed(3), rows?.length); // 0.778 0.778 7
 * @function
 */
export const antiHubs = /* @__PURE__ */ defineMetric({
  id: 'anti-hubs',
  group: 'hubness',
  range: [0, 1],
  title: 'Share of anti-hubs',
  summary: 'The share of rows that are among the nearest neighbours of no other row.',
  references: [cite(sources.hubsInSpace, 'anti-hubs: points of k-occurrence 0')],
  options: { k: neighborsOption() },
  listLength: 15,
  async measure(space, { k }) {
    if (space.points.rows < 2) return NO_PAIR;
    const lists = await allLists(space, spareNeighbors(k));
    const { graph, warnings } = lists;
    const n = graph.n;
    const counts = occurrences(graph, k);
    const value = antiHubShare(counts);
    if (n <= k + 1) return { value, warnings: noFreedom(n, k) };
    const half = occurrenceSpread(graph, k, n, space.random('hubness'), antiHubShare);
    const rows = mostRemote(counts, graph, k).map((i) => rowOfSample(lists, i));
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(1, value + half),
      warnings,
      rows,
    };
  },
  underUniform(model, { k }) {
    return simulatedNeighborNull(model, k, (graph) => antiHubShare(occurrences(graph, k)));
  },
});

/** Rows that occur nowhere, largest distance to the k-th neighbour first. */
function mostRemote(counts: Int32Array, graph: KnnGraph, k: number): number[] {
  const radius = (i: number) => graph.distances[i * graph.k + Math.min(k, graph.k) - 1];
  return Array.from(counts.keys())
    .filter((i) => counts[i] === 0)
    .sort((a, b) => radius(b) - radius(a) || a - b);
}
