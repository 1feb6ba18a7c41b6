import { DEGREES } from '../../../core/numeric.ts';
import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { smallestAngleQuantile } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR, nearestAngles } from '../support/nearest-angles.ts';
import { closestPairs, smallestAngleInterval } from './support/closest-pairs.ts';

/** Lists long enough to hold the closest pairs of small crowds. */
const NEIGHBORS = 10;
/** What the exponent of the law of small angles is taken from. */
const PAIRS = 30;

/**
 * Smallest angle between any two rows (separation), in degrees.
 *
 *     min_{i<j} θ_ij,   θ_ij = 2 asin(‖xᵢ − xⱼ‖/2)
 *
 * with xᵢ the n unit rows of R^d, over all pairs. The chord is summed from differences in float64: exact
 * near 0, where the arc cosine of a float32 product stops at 0.028°. The null is the median of the law
 * 1 − (1 − F)^{n(n−1)/2}, F that of the angle of a pair: exact for two rows, asymptotic for more. The
 * interval comes from the 8 to 30 closest pairs; `rows` names the rows of the 30 closest pairs, and a
 * warning counts rows of one direction. Where all pairs would be too many, neighbours of a sample of the
 * rows are looked at: then it is an upper bound, and a warning says so. NaN for one row.
 *
 * @remarks Use it to check a code, a Tammes packing or a set of class prototypes, whose quality it is:
 * larger is better, and for n ≤ d + 1 no more than arccos(−1/(n − 1)) is possible. Of an embedding it
 * sees one pair, so a single near-duplicate makes it 0; there `mean-nearest-angle` says more. Costs
 * O(n² d).
 * @example
 * import { matrix } from 'tammes';
 * import { minAngle } from 'tammes/metrics';
 *
 * // The icosahedron is the best code of 12 points in R³: its edges are arctan 2 long.
 * const phi = (1 + Math.sqrt(5)) / 2;
 * const corners = [1, -1].flatMap((a) =>
 *   [phi, -phi].flatMap((b) => [0, a, b, a, b, 0, b, 0, a]),
 * );
 * const { value, null: expected } = await minAngle(matrix(Float32Array.from(corners), 12, 3));
 * console.log(value.toFixed(3), ((Math.atan(2) * 180) / Math.PI).toFixed(3)); // 63.435 63.435
 * console.log(expected?.value.toFixed(1)); // 11.7
 * @function
 */
export const minAngle = /* @__PURE__ */ defineMetric({
  id: 'min-angle',
  group: 'spread',
  range: [0, 180],
  unit: '°',
  title: 'Minimum angle (separation)',
  summary: 'The smallest angle between any two rows, in degrees.',
  references: [
    cite(papers.keepYourDistance, 'evaluation by the minimum distance'),
    cite(
      sources.anglesInRandomPacking,
      'limit law of the smallest angle, here as 1 − (1 − F)^(n(n−1)/2)',
    ),
  ],
  options: {},
  async measure(space) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const graph = await space.nearest(Math.min(NEIGHBORS, n - 1));
    const pairs = closestPairs(graph, PAIRS);
    const coincident = (await nearestAngles(space)).filter((angle) => angle === 0).length;
    const share = 1 - (1 - graph.n / n) ** 2;
    const interval = smallestAngleInterval(pairs, share);
    const known = interval && { low: interval.low * DEGREES, high: interval.high * DEGREES };
    const warnings: string[] = [];
    if (coincident > 0)
      warnings.push(
        `${counted(coincident, 'row has', 'rows have')} the same direction as another row.`,
      );
    if (graph.n < n) {
      const asked = `the nearest rows of ${graph.n} of the ${n} rows`;
      warnings.push(`found among ${asked}: no more than an upper bound of the smallest angle.`);
    }
    const rows = [...new Set(pairs.flatMap(({ i, j }) => [i, j]))];
    return { value: pairs[0].angle * DEGREES, ...known, warnings, rows };
  },
  underUniform({ n, d }) {
    if (n < 2) return undefined;
    const [low, value, high] = [0.025, 0.5, 0.975].map(
      (p) => smallestAngleQuantile(p, n, d) * DEGREES,
    );
    return { value, low, high, how: n === 2 ? 'exact; median' : 'asymptotic law; median' };
  },
});
