import type { KnnGraph } from '../../../core/graph.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import { integer } from '../../../method/options.ts';
import { betaincInverse } from '../../../numerics/laws/special.ts';
import { medianInPlace, medianOf } from '../../../numerics/statistics/averages.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { firstNeighbors, rowOfList } from '../../../structures/neighbors/neighbor-lists.ts';
import { pairAngleQuantile } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { spareNeighbors } from '../support/occurrence-jackknife.ts';
import { valuesOfLists } from '../support/per-row.ts';

/** Tukey's fence for values that are far out: so many times the middle half's width above it. */
const FENCE = 3;
/** Rows are left out in this many groups. */
const GROUPS = 40;

/**
 * Codensity: the median angle to the k-th nearest row, in degrees, and the rows that lie alone.
 *
 *     medianᵢ θᵢ⁽ᵏ⁾
 *
 * with θᵢ⁽ᵏ⁾ the angle from unit row i to its k-th nearest other row: large where rows are sparse. Rows
 * named lie alone: their angle is more than three widths of the middle half above it (Tukey's far fence),
 * most remote first. `series` is the distribution: angle against the share of rows below. The null is the
 * median of one row under uniform points, F⁻¹ of the median of Beta(k, n − k), F the law of the angle of
 * a pair. The interval leaves out rows in 40 groups. NaN for one row.
 * `perRow` has the angle of each row.
 *
 * @remarks Use it to find outliers, and to see how dense a space is without minding single
 * near-duplicates, which `median-nearest-angle` (k = 1) notices. A larger k looks at wider surroundings:
 * groups of up to k rows that are apart together are named too. 0° to 180°; it falls as n grows, so
 * compare it with the null. Neither end is good in itself. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { codensity } from 'tammes/metrics';
 *
 * // Sixty rows about a pole, and two that lie alone, one of them opposite.
 * const points = zeros(62, 3);
 * points.data.set(vonMisesFisher(60, Float64Array.of(0, 0, 1), 200, Random.fromSeed(1)).data);
 * points.data.set([0, 1, 0.5, 0, 0, -1], 3 * 60);
 * const { value, rows = [] } = await codensity(points);
 * console.log(value < 5, rows.slice(0, 2).join()); // true 61,60
 *
 * // ± the axes: all but the opposite row are at 90°.
 * const axes = zeros(16, 8);
 * for (let i = 0; i < 16; i++) axes.data[8 * i + (i >> 1)] = i % 2 === 0 ? 1 : -1;
 * console.log((await codensity(axes)).value.toFixed(1)); // 90.0
 * @function
 */
export const codensity = /* @__PURE__ */ defineMetric({
  id: 'codensity',
  group: 'neighborhoods',
  range: [0, 180],
  unit: '°',
  title: 'Codensity',
  summary: 'The median angle to the k-th nearest row, and the rows that lie alone.',
  references: [
    cite(papers.localTopologyMeasuresContextualLm, 'codensity, the distance to the k-th neighbour'),
  ],
  options: { k: integer(10, 'Which neighbour.', { min: 1, max: 1000, symbol: 'k' }) },
  listLength: 15,
  async measure(space, { k: wanted }) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const k = Math.min(wanted, n - 1);
    const lists = await space.nearest(Math.min(spareNeighbors(k), n - 1));
    const graph = firstNeighbors(lists, k);
    const count = graph.n;
    const angles = Float64Array.from({ length: count }, (_, i) => angleAt(graph, i * k + k - 1));
    const sorted = angles.slice().sort();
    const value = medianOf(angles);
    const half = medianSpread(lists, k, n, space.random('codensity'));
    const quarter = count >> 2;
    const [lower, upper] = [sorted[quarter], sorted[count - 1 - quarter]];
    const fence = upper + FENCE * (upper - lower);
    const alone = [...angles.keys()]
      .filter((i) => angles[i] > fence)
      .sort((a, b) => angles[b] - angles[a] || a - b)
      .map((i) => rowOfList(graph, i));
    const steps = Math.min(count, 101);
    const at = Int32Array.from({ length: steps }, (_, s) =>
      Math.round((s * (count - 1)) / Math.max(1, steps - 1)),
    );
    return {
      value,
      ...(half >= 0 ? { low: Math.max(0, value - half), high: Math.min(180, value + half) } : {}),
      rows: alone,
      perRow: { value: valuesOfLists(graph, n, (i) => angles[i]) },
      series: {
        x: Float64Array.from(at, (i) => sorted[i]),
        y: Float64Array.from(at, (i) => (i + 1) / count),
        xName: `angle to neighbour ${k}, degrees`,
        yName: 'share of rows below',
      },
    };
  },
  underUniform({ n, d }, { k: wanted }) {
    if (n < 2) return undefined;
    const k = Math.min(wanted, n - 1);
    const share = betaincInverse(k, n - k, 0.5).x;
    return { value: pairAngleQuantile(share, d) * DEGREES, how: 'exact, the median of one row' };
  },
});

function angleAt({ distances }: KnnGraph, place: number): number {
  return angleOfChord(Math.min(2, distances[place])) * DEGREES;
}

/**
 * Half the 95 % interval of the median: rows are left out in groups, as those that have neighbours and as
 * those that are neighbours, because rows near one another share most of their neighbours. NaN where
 * lists are too short to close up.
 */
function medianSpread(graph: KnnGraph, k: number, n: number, random: Random): number {
  const groups = Math.min(GROUPS, n);
  const groupOf = new Uint8Array(n);
  for (const [place, row] of random.sample(n).entries()) groupOf[row] = place % groups;
  const medians = new Float64Array(groups);
  const angles = new Float64Array(graph.n);
  for (let g = 0; g < groups; g++) {
    let found = 0;
    for (let i = 0; i < graph.n; i++) {
      if (groupOf[rowOfList(graph, i)] === g) continue;
      const place = kthWithout(graph, i, k, groupOf, g);
      if (place >= 0) angles[found++] = angleAt(graph, place);
    }
    medians[g] = found > 0 ? medianInPlace(angles.slice(0, found)) : NaN;
  }
  return jackknifeSpread(medians);
}

/** The place of the k-th neighbour in list i once a group is left out; −1 where the list ends before. */
function kthWithout(
  { indices, k: length }: KnnGraph,
  i: number,
  k: number,
  groupOf: Uint8Array,
  group: number,
): number {
  let left = k;
  for (let place = i * length; place < (i + 1) * length; place++) {
    if (indices[place] >= 0 && groupOf[indices[place]] !== group) left -= 1;
    if (left === 0) return place;
  }
  return -1;
}
