import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { medianInPlace } from '../../../numerics/statistics/averages.ts';
import { nearestAngleQuantile } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR, nearestAngleNull, nearestAngles } from '../support/nearest-angles.ts';
import { nearestMean } from './support/neighbor-jackknife.ts';

/**
 * Median over the rows of the angle to the nearest other row, in degrees.
 *
 *     medianᵢ min_{j≠i} θ_ij,   θ_ij = arccos⟨xᵢ, xⱼ⟩
 *
 * with xᵢ the n unit rows of R^d. Under uniform points the angle of one row has the law
 * 1 − (1 − F(θ))^{n−1}, F that of the angle of a pair, with median F⁻¹(1 − 2^{−1/(n−1)}), which is the
 * null; its interval is simulated. The interval of the value is that of Woodruff, from order statistics.
 * Neighbours are exact; where all pairs would be too many, they are those of a seeded sample of the rows.
 * NaN for one row.
 *
 * @remarks Use it for the spread of a typical row: unlike `mean-nearest-angle` it does not move when less
 * than half of the rows have near-duplicates or lie alone, so it also hides these (see `min-angle` and
 * `near-duplicates`). 0° to 180°, larger is more spread out; it falls as n grows, so compare it with the
 * null. Costs O(n² d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { meanNearestAngle, medianNearestAngle } from 'tammes/metrics';
 *
 * const points = uniformPoints(200, 8, Random.fromSeed(1));
 * const { value, null: expected } = await medianNearestAngle(points);
 * console.log(value.toFixed(1), expected?.value.toFixed(1)); // 35.6 35.0
 *
 * // Twenty copies move the mean far more than the median.
 * points.data.copyWithin(8 * 20, 0, 8 * 20);
 * console.log((await medianNearestAngle(points)).value.toFixed(1)); // 35.0
 * const mean = await meanNearestAngle(points);
 * console.log(mean.value.toFixed(1), mean.null?.value.toFixed(1)); // 28.4 34.6
 * @function
 */
export const medianNearestAngle = /* @__PURE__ */ defineMetric({
  id: 'median-nearest-angle',
  group: 'spread',
  range: [0, 180],
  unit: '°',
  title: 'Median nearest-neighbour angle',
  summary: 'The median over rows of the angle to the nearest other row, in degrees.',
  references: [
    cite(papers.keepYourDistance, 'evaluation by the minimum distance of each point'),
    cite(sources.anglesInRandomPacking, 'density of the angle of a pair'),
  ],
  options: {},
  async measure(space) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const angles = await nearestAngles(space);
    const value = medianInPlace(angles) * DEGREES;
    if (n < 3) return { value };
    // Woodruff 1952: the order statistics at ½ ± 1.96 standard errors of the share below the median.
    const middle = angles[(angles.length - 1) >> 1];
    const below = (chord: number) => (angleOfChord(chord) <= middle ? 1 : 0);
    const { standardError } = nearestMean(await space.nearest(2), n, below);
    const at = (share: number) => {
      const i = Math.round(share * angles.length - 0.5);
      return angles[Math.max(0, Math.min(angles.length - 1, i))] * DEGREES;
    };
    const half = Z95 * standardError;
    return { value, low: Math.min(value, at(0.5 - half)), high: Math.max(value, at(0.5 + half)) };
  },
  underUniform(model) {
    if (model.n < 2) return undefined;
    const value = nearestAngleQuantile(0.5, model.n, model.d);
    return nearestAngleNull(model, value, medianInPlace);
  },
});
