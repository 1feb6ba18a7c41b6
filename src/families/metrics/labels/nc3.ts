import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  classMeans,
  ONE_CLASS,
} from './support/classes.ts';
import {
  principalCoordinates,
  probeRows,
  type Ridge,
  ridgeOf,
  ridgeProbe,
} from './support/linear-probe.ts';
import { MEANS_COINCIDE, meansCoincide } from './support/neural-collapse.ts';
import { probeNumbers, shuffledProbe } from './support/probe-draws.ts';

/**
 * NC3 of neural collapse, self-duality: how far a linear classifier is from the class means.
 *
 *     ‖W/‖W‖ − M/‖M‖‖² = 2 − 2⟨W, M⟩/(‖W‖ ‖M‖)
 *
 * with W the weights of the linear probe (less their mean over classes) and M the centred class means,
 * both C × d, and ‖·‖ the Frobenius norm. 0 where the classifier's weights are the class means, up to 4
 * where they oppose them. The classifier is the ridge probe of `linear-probe-accuracy`, fitted here. The
 * null is that of shuffled classes, with a p-value; the interval needs 10 rows a class. NaN without
 * classes, with fewer than 2, where no class has 2 rows, and where all class means coincide.
 *
 * @remarks Use it with `nc1`, `nc2` and `nc4`. It says whether classifying by class means would do as
 * well: noise that is even in all directions leaves it near 0, noise along some directions makes the
 * probe turn away from the means. A large `ridge` draws the weights to the means and makes it small
 * whatever the rows are, so compare at one `ridge`. Classes of unequal size raise it too. Costs
 * O(n d (d + C)).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { nc3 } from 'tammes/metrics';
 *
 * // Two hundred rows about three axes of R⁶, with the same little noise in all columns.
 * const random = Random.fromSeed(1);
 * const classes = Array.from({ length: 200 }, (_, i) => `${i % 3}`);
 * const points = zeros(200, 6);
 * for (let e = 0; e < points.data.length; e++) {
 *   points.data[e] = 0.05 * random.normal() + (e % 6 === Math.floor(e / 6) % 3 ? 1 : 0);
 * }
 * console.log((await nc3(points, {}, { classes })).value < 0.02); // true
 *
 * // Much noise along the first axis.
 * for (let i = 0; i < 200; i++) points.data[6 * i] += 0.5 * random.normal();
 * console.log((await nc3(points, {}, { classes })).value > 0.05); // true
 * @function
 */
export const nc3 = /* @__PURE__ */ defineMetric({
  id: 'nc3',
  group: 'labels',
  range: [0, 4],
  needs: 'classes',
  title: 'NC3: classifier and class means',
  summary: 'How far the weights of a linear classifier are from the class means.',
  references: [cite(sources.neuralCollapse, 'NC3: convergence to self-duality')],
  deviations: ['The classifier is a ridge probe fitted here, as `linear-probe-accuracy` has it.'],
  options: {
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { ridge }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    if (meansCoincide(classMeans(space.points, classes))) return MEANS_COINCIDE;
    const rows = await probeRows(space, classes);
    const fitted = ridgeOf(rows.principal, ridge);
    const gap = async (known: Ridge, some: Classes) =>
      probeNumbers(await ridgeProbe(known, some, space.engine), some.of).gap;
    const value = await gap(fitted, rows.classes);
    const half = await classJackknife(space, classes, async (points, some) =>
      gap(ridgeOf(await principalCoordinates(points, space.engine), ridge), some),
    );
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(4, value + half),
      null: await shuffledProbe(space, rows, [ridge, fitted], 'gap', value),
    };
  },
});
