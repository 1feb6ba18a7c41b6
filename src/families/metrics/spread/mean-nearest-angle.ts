import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { mean } from '../../../numerics/statistics/averages.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { nearestAngleMean } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR, nearestAngleNull } from '../support/nearest-angles.ts';
import { valuesOfLists } from '../support/per-row.ts';
import { nearestMean } from './support/neighbor-jackknife.ts';

/**
 * Mean over the rows of the angle to the nearest other row, in degrees. `perRow` has the `angle` of each.
 *
 * Under uniform points its expectation is ∫₀^π (1 − F)^{n−1} dθ exactly.
 *
 * @function
 */
export const meanNearestAngle = /* @__PURE__ */ defineMetric({
  id: 'mean-nearest-angle',
  group: 'spread',
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
    return nearestAngleNull(model, nearestAngleMean(model.n, model.d), mean);
  },
});
