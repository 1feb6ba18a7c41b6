import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { nearestAngleMean } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR, nearestAngleNull } from '../support/nearest-angles.ts';
import { valuesOfLists } from '../support/per-row.ts';
import { nearestMean } from './support/neighbor-jackknife.ts';

/**
 * Mean over the rows of the angle to the nearest other row, in degrees. `perRow` has the `angle` of each.
 *
 *     1/n Σᵢ min_{j≠i} θ_ij,   θ_ij = arccos⟨xᵢ, xⱼ⟩
 *
 * with xᵢ the n unit rows of R^d. Under uniform points its expectation is ∫₀^π (1 − F(θ))^{n−1} dθ
 * exactly, F the law of the angle of a pair; the interval of the null is simulated. Neighbours are exact;
 * where all pairs would be too many, they are those of a seeded sample of the rows, among all rows. NaN
 * for one row.
 *
 * @remarks Use it to say how far apart rows are on the whole, where `min-angle` is about the worst pair
 * only. 0° to 180°, larger is more spread out. It falls as n grows, so compare it with the null or with
 * another set of the same n and d. Near-duplicates pull it down: `median-nearest-angle` does not mind a
 * few. Costs O(n² d).
 * @example
 * import { matrix } from 'tammes';
 * import { meanNearestAngle } from 'tammes/metrics';
 *
 * // A square on the circle: 90°, where n random points have 180°/n.
 * const square = matrix(Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1), 4, 2);
 * const { value, null: expected } = await meanNearestAngle(square);
 * console.log(value.toFixed(2), expected?.value.toFixed(2)); // 90.00 45.00
 * @function
 */
export const meanNearestAngle = /* @__PURE__ */ defineMetric({
  id: 'mean-nearest-angle',
  group: 'spread',
  range: [0, 180],
  unit: '°',
  title: 'Mean nearest-neighbour angle',
  summary: 'The mean over rows of the angle to the nearest other row, in degrees.',
  references: [
    cite(papers.keepYourDistance, 'evaluation by the minimum distance of each point'),
    cite(sources.anglesInRandomPacking, 'density of the angle of a pair'),
  ],
  options: {},
  async measure(space) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(2, n - 1));
    const angle = (chord: number) => angleOfChord(chord) * DEGREES;
    const { value, low, high } = normalInterval(nearestMean(graph, n, angle));
    const perRow = { angle: valuesOfLists(graph, n, (i) => angle(graph.distances[i * graph.k])) };
    if (n < 3) return { value, perRow };
    return { value, low: Math.max(0, low), high: Math.min(180, high), perRow };
  },
  underUniform(model) {
    if (model.n < 2) return undefined;
    return nearestAngleNull(model, nearestAngleMean(model.n, model.d), meanOf);
  },
});
