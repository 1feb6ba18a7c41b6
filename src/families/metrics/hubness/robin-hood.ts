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
 * Robin Hood index of the k-occurrence: the share of places in neighbour lists to move to make all equal.
 *
 *     H_k = ½ Σᵢ |N_k(i) − k|/Σᵢ N_k(i)
 *
 * with N_k(i) the number of rows that have row i among their k nearest: that share of all places would
 * have to go to other rows for all rows to occur equally often. From 0 to 1. About 0.13 at k = 10 if
 * occurrences were independent (√(2/(πk))/2 for Poisson counts). The null is simulated from uniform
 * points; the interval leaves out rows in 40 groups. Of so many rows that only some lists are known, a
 * sample of 10,000 is measured among itself, and a warning says so. NaN for one row.
 *
 * @remarks Use it to compare spaces of different n or models on one corpus: it is bounded and varies far
 * less than `hubness-skewness`, which looks at the largest hubs alone. Lower is better: at 0.4 two places
 * in five are in the wrong hands. It falls as k grows, so compare at one k. Costs O(n² d).
 * @example
 * import { zeros } from 'tammes';
 * import { robinHood } from 'tammes/metrics';
 *
 * // A star gives its centre 8 of 9 places, the first arm 1 and seven arms none: ½ (7 + 0 + 7)/9.
 * const star = zeros(9, 9);
 * for (let i = 0; i < 9; i++) {
 *   star.data[9 * i] = 1;
 *   star.data[9 * i + i] = 1;
 * }
 * console.log((await robinHood(star, { k: 1 })).value.toFixed(3), (7 / 9).toFixed(3)); // 0.778 0.778
 * @function
 */
export const robinHood = /* @__PURE__ */ defineMetric({
  id: 'robin-hood',
  group: 'hubness',
  range: [0, 1],
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
