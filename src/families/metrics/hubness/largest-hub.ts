import { exp, log } from '../../../core/numeric.ts';
import { grouped } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { mostFrequent } from '../../../structures/neighbors/most-frequent.ts';
import { occurrences } from '../../../structures/neighbors/occurrences.ts';
import { drawsInWords } from '../../../structures/uniform/uniform-model.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { largestOf } from './support/largest-count.ts';
import { neighborsOption, noFreedom } from './support/neighbors-option.ts';

/** 2.5 % and 97.5 % points of Gumbel's law, less its mean. */
const GUMBEL = [-1.8825381, 3.099031];
/** How many of the largest counts tell the tail. */
const TAIL = 20;
/** At most so many hubs are named. */
const NAMED = 100;

/**
 * The largest hub: for how many rows the row that occurs most is among the k nearest neighbours.
 *
 *     max_i N_k(i)
 *
 * with N_k(i) the number of rows that have row i among their k nearest; its mean is k. Hubs, the rows
 * named, occur more often than k plus two standard deviations, most often first, 100 at most.
 *
 * The interval is that of the largest of counts with a power tail, whose exponent the twenty largest tell
 * (Hill): ln N₁ has Gumbel's law with the scale of their mean ln(N_i/N₂₁). The null is the median of the
 * largest count among uniform points, simulated. Where only some lists are known, counts are scaled up,
 * and a warning says so. NaN for one row.
 *
 * @remarks Use it to find and look at the hubs themselves: in text they may be empty or boilerplate items
 * that should not be in the index. From k to n − 1; beside the null's `high` it is bad. It grows with n,
 * so compare sets with `hubness-skewness` or `robin-hood`, not with this. Costs O(n² d).
 * @example
 * import { zeros } from 'tammes';
 * import { largestHub } from 'tammes/metrics';
 *
 * // A star: its centre is nearest to all eight arms.
 * const star = zeros(9, 9);
 * for (let i = 0; i < 9; i++) {
 *   star.data[9 * i] = 1;
 *   star.data[9 * i + i] = 1;
 * }
 * const { value, rows } = await largestHub(star, { k: 1 });
 * console.log(value, rows?.join()); // 8 0
 * @function
 */
export const largestHub = /* @__PURE__ */ defineMetric({
  id: 'largest-hub',
  group: 'hubness',
  range: [0, Infinity],
  title: 'Occurrences of the largest hub',
  summary: 'For how many rows the row that occurs most is among the nearest neighbours.',
  references: [
    cite(
      sources.hubsInSpace,
      'hubs: points of k-occurrence two standard deviations above its mean',
    ),
  ],
  options: { k: neighborsOption() },
  async measure(space, { k }) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(k, n - 1));
    const counts = occurrences(graph, k, n);
    const scale = n / graph.n;
    const hubs = hubsOf(counts);
    const most = counts[hubs[0]];
    const spread = tailSpread(counts);
    const found = {
      value: most * scale,
      low: most * exp(-spread * GUMBEL[1]) * scale,
      high: Math.min(n - 1, most * exp(-spread * GUMBEL[0]) * scale),
    };
    if (n <= k + 1) return { ...found, warnings: noFreedom(n, k) };
    if (!graph.rows) return { ...found, rows: hubs };
    const warning = `counted in the lists of ${grouped(graph.n)} of ${grouped(n)} rows and scaled up; the largest of scaled counts is a little too large.`;
    return { ...found, rows: hubs, warnings: [warning] };
  },
  async underUniform(model, { k }) {
    const { n } = model;
    if (n < 2) return undefined;
    const drawn = await model.neighborDraws(Math.min(k, n - 1));
    const counts = drawn.graphs.map((graph) => occurrences(graph, k));
    const how = `simulated, ${drawsInWords(drawn, n)}; median`;
    return { ...largestOf(counts, n), how };
  },
});

/** The row that occurs most, and the others more than two standard deviations above the mean. */
function hubsOf(counts: Int32Array): number[] {
  const n = counts.length;
  let [sum, squares] = [0, 0];
  for (const count of counts) {
    sum += count;
    squares += count * count;
  }
  const mean = sum / n;
  const bound = mean + 2 * Math.sqrt(Math.max(0, squares / n - mean * mean));
  return [...mostFrequent(counts, NAMED)].filter(
    (row, place) => place === 0 || counts[row] > bound,
  );
}

/** Hill's estimate: the mean of ln(N_i/N_t) over the t largest counts, N_t the next. */
function tailSpread(counts: Int32Array): number {
  const sorted = counts.slice().sort().reverse();
  const tail = Math.max(1, Math.min(TAIL, counts.length >> 2));
  const edge = Math.max(1, sorted[tail]);
  let sum = 0;
  for (let i = 0; i < tail; i++) sum += log(Math.max(1, sorted[i]) / edge);
  return sum / tail;
}
