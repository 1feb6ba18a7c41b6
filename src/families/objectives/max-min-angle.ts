import { angleOfChord } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { addTangentToward, unresolvedSine } from './support/geodesic.ts';
import { pairCount } from './support/pair-energy.ts';

/**
 * Maximum minimum angle: widens the mean angle from each point to its nearest other.
 *
 *     loss = −(1/n) Σᵢ minⱼ θᵢⱼ
 *
 * with θᵢⱼ the angle between the rows xᵢ and xⱼ of X (n × d, unit rows). Not differentiable where
 * two neighbours tie: the lower row counts. The gradient of an angle has length 1 at both ends;
 * coincident and antipodal points get none.
 *
 * @remarks Use it when the nearest neighbours should be far in angle and no pair may dominate:
 * every point pulls with the same force, however close its neighbour. Near the end that force does
 * not fade, so let the learning rate fall (`schedule`), or go over to `log-riesz-energy`. Minus the
 * loss is the mean nearest angle in radians. All pairs: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { maxMinAngle } from 'tammes/objectives';
 *
 * // In the octahedron every point has its nearest others at a right angle.
 * const octahedron = matrix(
 *   new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1]),
 *   6,
 *   3,
 * );
 * const { loss } = await maxMinAngle(octahedron);
 * console.log(((-loss * 180) / Math.PI).toFixed(2)); // 90.00
 * @function
 */
export const maxMinAngle = /* @__PURE__ */ defineObjective({
  id: 'max-min-angle',
  title: 'Maximizing the minimal angles (MMA)',
  summary: 'Widens the angle from each point to its nearest other, all with the same force.',
  references: [
    cite(sources.maximizingTheMinimalAngles, 'the MMA loss'),
    cite(papers.keepYourDistance, 'maximum minimum angle'),
  ],
  deviations: [
    'Angles come from chords; ledoh-torch clamps the cosine, so no angle below 0.028° is seen.',
  ],
  options: {},
  async lossAndGradient(points, _options, gradient, { engine, signal }) {
    pairCount('max-min-angle', points);
    const n = points.rows;
    const { indices, distances } = await engine.nearest(points, 1, { signal });
    const g = gradient.data.fill(0);
    const unresolved = unresolvedSine(points);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const j = indices[i];
      sum += angleOfChord(distances[i]);
      addTangentToward(points, i, points, j, 1 / n, g, unresolved);
      addTangentToward(points, j, points, i, 1 / n, g, unresolved);
    }
    return -sum / n;
  },
});
