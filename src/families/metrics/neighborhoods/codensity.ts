import type { KnnGraph } from '../../../core/graph.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import { integer } from '../../../method/options.ts';
import { betaincInverse } from '../../../numerics/laws/special.ts';
import { medianInPlace } from '../../../numerics/statistics/averages.ts';
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
 * Codensity: the angle to the k-th nearest row, in degrees; large where rows are sparse. The value is its
 * median. Rows named lie alone: their angle is more than three widths of the middle half above it.
 * `series` is the distribution: angle against the share of rows below; `perRow` has the angle of each.
 *
 * @function
 */
export const codensity = /* @__PURE__ */ defineMetric({
  id: 'codensity',
  group: 'neighborhoods',
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
    const value = medianInPlace(angles.slice());
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
