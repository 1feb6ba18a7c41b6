import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { wilsonInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';
import { probeRows, ridgeOf, ridgeProbe } from './support/linear-probe.ts';
import { probeNumbers, shuffledProbe, widerShares } from './support/probe-draws.ts';

/**
 * NC4 of neural collapse: how often a linear classifier and the nearest class mean disagree.
 *
 *     #{ i : argmax_c (W xᵢ + b)_c ≠ argmin_c ‖xᵢ − μ_c‖ }/n
 *
 * with xᵢ the n unit rows, μ_c the class means and W, b the ridge probe of `linear-probe-accuracy`,
 * fitted to all rows. 0 where the two rules agree. The interval is Wilson's for as many independent rows
 * as have the same variance; it lets the sizes of the classes vary too. The null is that of shuffled
 * classes, with a p-value. NaN without classes, with fewer than 2, and where no class has 2 rows.
 *
 * @remarks Use it with `nc1`, `nc2` and `nc3`: 0 says that one mean for each class is all a classifier
 * needs, so prototypes can stand for classes. It does not ask which rule is right, so read
 * `linear-probe-accuracy` beside it; both may agree and be wrong. Classes of unequal size raise it, as
 * the probe leans to the frequent ones. 0 to 1. Costs O(n d (d + C)).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { nc4 } from 'tammes/metrics';
 *
 * // Three hundred rows about three axes of R⁶, tight classes.
 * const random = Random.fromSeed(1);
 * const classes = Array.from({ length: 300 }, (_, i) => `${i % 3}`);
 * const points = zeros(300, 6);
 * for (let e = 0; e < points.data.length; e++) {
 *   points.data[e] = 0.05 * random.normal() + (e % 6 === Math.floor(e / 6) % 3 ? 1 : 0);
 * }
 * console.log((await nc4(points, {}, { classes })).value); // 0
 *
 * // Much noise along the first axis.
 * for (let i = 0; i < 300; i++) points.data[6 * i] += random.normal();
 * console.log((await nc4(points, {}, { classes })).value > 0.02); // true
 * @function
 */
export const nc4 = /* @__PURE__ */ defineMetric({
  id: 'nc4',
  group: 'labels',
  range: [0, 1],
  needs: 'classes',
  title: 'NC4: classifier and nearest class mean',
  summary: 'The share of rows where a linear classifier and the nearest class mean disagree.',
  references: [cite(sources.neuralCollapse, 'NC4: simplification to the nearest class centre')],
  deviations: ['The classifier is a ridge probe fitted here, as `linear-probe-accuracy` has it.'],
  options: {
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { ridge }) {
    const all = classesOf(space);
    if (!all) return ONE_CLASS;
    const rows = await probeRows(space, all);
    const fitted = ridgeOf(rows.principal, ridge);
    const fit = await ridgeProbe(fitted, rows.classes, space.engine);
    const wider = await widerShares(space, rows, [ridge, fitted]);
    const value = probeNumbers(fit, rows.classes.of).apart;
    return {
      value,
      ...wilsonInterval(value, rows.rows.length / wider.apart),
      null: await shuffledProbe(space, rows, [ridge, fitted], 'apart', value),
    };
  },
});
