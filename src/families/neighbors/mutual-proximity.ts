import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by how likely two rows are each nearer to the other than a third.
 *
 *     far(i, j) = 1 − P(a third row is farther from i than j and farther from j than i)
 *
 * `normal` takes the cosines of i and of j to all rows of X (n × d) for normal and independent;
 * `empirical` counts, in the lists of both, the rows that are no farther from i or from j, and
 * gives that count. The nearest `candidates` of each row are put in this order, and the first k are
 * kept.
 *
 * @remarks The correction to try first against hubs: it asks that nearness be mutual, and takes
 * most from the largest hubs. `empirical` needs the lists only and long enough ones, O(n ·
 * candidates²); `normal` O(nd²), and suits rows whose cosines follow one bell curve. It makes no
 * lists better where there are no hubs: look at `hubness-skewness` before.
 * @example
 * import { Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { mutualProximity } from 'tammes/neighbors';
 *
 * // How often the most popular row is among the 10 nearest of others, before and after.
 * const axis = Float64Array.from({ length: 50 }, (_, c) => Number(c === 0));
 * const points = vonMisesFisher(500, axis, 40, Random.fromSeed(1));
 * const mostOften = (lists: Int32Array) => {
 *   const counts = new Int32Array(500);
 *   for (const row of lists) counts[row] += 1;
 *   return Math.max(...counts);
 * };
 * // With as many candidates as neighbours nothing can be exchanged.
 * const before = await mutualProximity(points, { candidates: 10 });
 * const after = await mutualProximity(points, { candidates: 100 });
 * console.log(mostOften(before.graph.indices), mostOften(after.graph.indices)); // 99 20
 * @function
 */
export const mutualProximity = /* @__PURE__ */ defineHubCorrection({
  id: 'mutual-proximity',
  title: 'Mutual proximity',
  summary: 'Re-ranks neighbours by how likely two rows are each nearer to the other than a third.',
  references: [
    cite(sources.localAndGlobalScaling, 'mutual proximity, normal and empirical'),
    cite(sources.fastHubnessReduction, 'mutual proximity in lists of nearest neighbours'),
  ],
  deviations: [
    'Normal: mean and variance of the cosines to all rows, exactly, in place of those of distances in the list.',
    'Empirical: counts beyond the end of a list go on as a power of the distance.',
  ],
  options: {
    law: choice(
      ['empirical', 'normal'],
      'empirical',
      'Whether rows are counted, or their cosines taken for normal.',
    ),
  },
  correction: ({ law }) =>
    law === 'normal' ? 'mutual proximity (normal)' : 'mutual proximity (empirical)',
});
