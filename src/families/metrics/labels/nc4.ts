import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { classesOf, ONE_CLASS, wilsonInterval } from './support/classes.ts';
import { probeRows, ridgeOf, ridgeProbe } from './support/linear-probe.ts';
import { probeNumbers, shuffledProbe, widerShares } from './support/probe-draws.ts';

/**
 * NC4, classifier and nearest class mean: the share of rows for which the linear probe names another
 * class than the one with the nearest mean. 0 where the two rules agree. The interval is Wilson's for
 * as many independent rows as have the same variance; it lets the sizes of the classes vary too.
 *
 * @function
 */
export const nc4 = /* @__PURE__ */ defineMetric({
  id: 'nc4',
  group: 'labels',
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
