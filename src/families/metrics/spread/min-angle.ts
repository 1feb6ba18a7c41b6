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
 * Smallest angle between any two rows (separation), in degrees: min_{i<j} θ_ij, over all pairs.
 *
 * θ = 2 asin(r/2) from the chord r, which is summed from differences in float64: exact near 0, where
 * the arc cosine of a float32 product stops at 0.028°.
 *
 * @function
 */
export const minAngle = /* @__PURE__ */ defineMetric({
  id: 'min-angle',
  group: 'spread',
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
