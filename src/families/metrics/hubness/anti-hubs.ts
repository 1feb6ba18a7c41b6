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
 * Anti-hubs: the share of rows that are among the k nearest neighbours of no other row, so that a
 * search never finds them by their neighbours. The rows are named, farthest from the others first.
 *
 * @function
 */
export const antiHubs = /* @__PURE__ */ defineMetric({
  id: 'anti-hubs',
  group: 'hubness',
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
