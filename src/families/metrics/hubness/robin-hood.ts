import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { occurrences, robinHoodIndex } from '../../../structures/neighbors/occurrences.ts';
import { defineMetric } from '../define.ts';
import { allLists } from '../support/all-lists.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { occurrenceSpread, spareNeighbors } from '../support/occurrence-jackknife.ts';
import { neighborsOption, noFreedom } from './support/neighbors-option.ts';
import { simulatedNeighborNull } from './support/simulated-null.ts';

/**
 * Robin Hood index of the k-occurrence N: ½ Σ |Nᵢ − k| / Σ Nᵢ, the share of all places in neighbour
 * lists that would have to go to other rows for all rows to occur equally often. From 0 to 1.
 *
 * About 0.13 if occurrences were independent (√(2/(πk))/2 for Poisson counts).
 *
 * @function
 */
export const robinHood = /* @__PURE__ */ defineMetric({
  id: 'robin-hood',
  group: 'hubness',
  title: 'Robin Hood index of the k-occurrence',
  summary: 'The share of places in neighbour lists to move for all rows to occur equally often.',
  references: [cite(sources.fastHubnessReduction, 'the Robin Hood index as a measure of hubness')],
  options: { k: neighborsOption() },
  listLength: 15,
  async measure(space, { k }) {
    if (space.points.rows < 2) return NO_PAIR;
    const { graph, warnings } = await allLists(space, spareNeighbors(k));
    const n = graph.n;
    const value = robinHoodIndex(occurrences(graph, k));
    if (n <= k + 1) return { value, warnings: noFreedom(n, k) };
    const half = occurrenceSpread(graph, k, n, space.random('hubness'), robinHoodIndex);
    return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), warnings };
  },
  underUniform(model, { k }) {
    return simulatedNeighborNull(model, k, (graph) => robinHoodIndex(occurrences(graph, k)));
  },
});
