import { exp, log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { skewness } from '../../../numerics/statistics/averages.ts';
import { occurrences, sampledSkewness } from '../../../structures/neighbors/occurrences.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { occurrenceSpread, spareNeighbors } from '../support/occurrence-jackknife.ts';
import { neighborsOption, noFreedom } from './support/neighbors-option.ts';
import { simulatedNeighborNull } from './support/simulated-null.ts';

/**
 * Hubness: the skewness of the k-occurrence.
 *
 *     S_k = E (N_k − k)³/sd(N_k)³
 *
 * with N_k(i) the number of rows that have row i among their k nearest neighbours; its mean is k.
 * Neighbours are exact. 0 where all rows occur equally often. From the lists of q of the n rows, the
 * moments of N are those of the counts in these lists, freed of the sampling. The interval leaves out
 * rows in 40 groups; the null is simulated from uniform points. `series` is the histogram of N. With k or
 * fewer other rows it is 0 with a warning; NaN for one row, and where sampled lists are too few to tell
 * the counts apart.
 *
 * Around 0.3 for uniform points in many dimensions (1/√k); above 1 a few rows, the hubs, are neighbours
 * of very many.
 * `perRow` has the `occurrences` of each row.
 *
 * @remarks Use it as the standard measure of hubness, to compare with papers. Below 1 is usually
 * harmless; at 2 and more a few rows crowd out others in search and in nearest-neighbour classification.
 * It follows the largest counts, so it varies a lot: the interval is wide, and `robin-hood` is steadier.
 * A common direction is the usual cause: try `hubness-corrections`. Costs O(n² d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { hubnessSkewness } from 'tammes/metrics';
 *
 * const points = uniformPoints(200, 20, Random.fromSeed(2));
 * const even = await hubnessSkewness(points);
 * // The same rows about a common direction.
 * for (let i = 0; i < 200; i++) points.data[20 * i] += 1.5;
 * const around = await hubnessSkewness(points);
 * console.log(even.value.toFixed(1), around.value.toFixed(1)); // 0.2 1.5
 * @function
 */
export const hubnessSkewness = /* @__PURE__ */ defineMetric({
  id: 'hubness-skewness',
  group: 'hubness',
  title: 'Hubness (skewness of the k-occurrence)',
  summary: 'How unevenly rows occur among the nearest neighbours of others.',
  references: [cite(sources.hubsInSpace, 'the skewness S_{N_k} of the k-occurrence')],
  deviations: ['From a sample of the lists, moments are unbiased by factorial moments.'],
  options: { k: neighborsOption() },
  listLength: 15,
  async measure(space, { k }) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(spareNeighbors(k), n - 1));
    const counts = occurrences(graph, k, n);
    const value = sampledSkewness(counts, graph.n);
    // From some of the lists only: as often as in so many.
    const perRow = { occurrences: Float64Array.from(counts, (count) => (count * n) / graph.n) };
    if (n <= k + 1) return { value, perRow, warnings: noFreedom(n, k) };
    if (Number.isNaN(value)) {
      return {
        value,
        warnings: [`${graph.n} sampled lists are too few to tell the counts apart.`],
      };
    }
    // Its spread grows with it: on the scale of the inverse hyperbolic sine it is nearly the same.
    const scaled = (left: Int32Array, lists: number) => asinh(sampledSkewness(left, lists));
    const half = occurrenceSpread(graph, k, n, space.random('hubness'), scaled);
    const [low, high] = [-half, half].map((step) => sinh(asinh(value) + step));
    return { value, low, high, series: countsOf(counts), perRow };
  },
  underUniform(model, { k }) {
    return simulatedNeighborNull(model, k, (graph) => skewness(occurrences(graph, k)));
  },
});

/** Of core functions, whose bytes are the same everywhere. */
function asinh(x: number): number {
  return Math.sign(x) * log(Math.abs(x) + Math.sqrt(x * x + 1));
}

function sinh(x: number): number {
  return (exp(x) - exp(-x)) / 2;
}

/** How many rows occur how often. */
function countsOf(counts: Int32Array) {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const y = new Float64Array(most + 1);
  for (const count of counts) y[count] += 1;
  return { x: [...y.keys()], y, xName: 'lists that a row is in', yName: 'rows' };
}
