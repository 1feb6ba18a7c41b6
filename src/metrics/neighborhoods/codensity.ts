import { angleOfChord } from '../../core/numeric.ts';
import { betaincInverse } from '../../core/special.ts';
import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { Z95 } from '../shared/intervals.ts';
import { DEGREES, medianInPlace, NO_PAIR } from '../shared/nearest-angles.ts';
import { rowOfList } from '../shared/neighbor-lists.ts';
import { pairAngleQuantile } from '../shared/uniform-null.ts';

/** Tukey's fence for values that are far out: so many times the middle half's width above it. */
const FENCE = 3;

/**
 * Codensity: the angle to the k-th nearest row, in degrees; large where rows are sparse. The value is its
 * median. Rows named lie alone: their angle is more than three widths of the middle half above it.
 * `series` is the distribution: angle against the share of rows below.
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
    {
      authors: 'Ruppik, Heck, van Niekerk, Vukovic, Lin, Feng, Zibrowius, Gašić',
      title:
        'Local Topology Measures of Contextual Language Model Latent Spaces With Applications to Dialogue Term Extraction',
      year: 2024,
      source: 'arXiv:2408.03706',
      part: 'codensity, the distance to the k-th neighbour',
    },
  ],
  options: { k: integer(10, 'Which neighbour.', { min: 1, max: 1000, symbol: 'k' }) },
  async measure(space, { k: wanted }) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(wanted, n - 1));
    const { k, n: lists } = graph;
    const angles = Float64Array.from(
      { length: lists },
      (_, i) => angleOfChord(Math.min(2, graph.distances[i * k + k - 1])) * DEGREES,
    );
    const sorted = angles.slice().sort();
    const value = medianInPlace(angles.slice());
    const first = Math.max(0, Math.floor((lists - Z95 * Math.sqrt(lists)) / 2) - 1);
    const quarter = lists >> 2;
    const [lower, upper] = [sorted[quarter], sorted[lists - 1 - quarter]];
    const fence = upper + FENCE * (upper - lower);
    const alone = [...angles.keys()]
      .filter((i) => angles[i] > fence)
      .sort((a, b) => angles[b] - angles[a] || a - b)
      .map((i) => rowOfList(graph, i));
    const steps = Math.min(lists, 101);
    const at = Int32Array.from({ length: steps }, (_, s) =>
      Math.round((s * (lists - 1)) / Math.max(1, steps - 1)),
    );
    return {
      value,
      low: sorted[first],
      high: sorted[lists - 1 - first],
      rows: alone,
      series: {
        x: Float64Array.from(at, (i) => sorted[i]),
        y: Float64Array.from(at, (i) => (i + 1) / lists),
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
