import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { type Classes, classesOf, classJackknife, ONE_CLASS } from './support/classes.ts';
import {
  principalCoordinates,
  probeRows,
  type Ridge,
  ridgeOf,
  ridgeProbe,
} from './support/linear-probe.ts';
import { probeNumbers, shuffledProbe } from './support/probe-draws.ts';

/**
 * NC3, self-duality: ‖W/‖W‖ − M/‖M‖‖² with W the weights of the linear probe (less their mean over
 * classes) and M the centred class means, both C × d. 0 where the classifier's weights are the class means,
 * up to 4 where they oppose them.
 *
 * @function
 */
export const nc3 = /* @__PURE__ */ defineMetric({
  id: 'nc3',
  group: 'labels',
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
