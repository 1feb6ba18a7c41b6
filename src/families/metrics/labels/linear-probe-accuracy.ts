import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import { classesOf, ONE_CLASS, wilsonInterval } from './support/classes.ts';
import { probeRows, ridgeOf, ridgeProbe } from './support/linear-probe.ts';
import { probeNumbers, shuffledProbe, widerShares } from './support/probe-draws.ts';

const LISTED = 100;

/**
 * Leave-one-out accuracy of a linear classifier: ridge regression of the one-hot classes on the unit rows
 * with an intercept; the largest of the C values wins. The penalty is `ridge` times the mean variance of
 * a column, times n.
 *
 * Every row is predicted by the fit without it, exactly, through its leverage. Where there are more than
 * 4,000,000/d rows (but 2,000) a seeded sample is fitted and predicted, and a warning says so.
 * The interval is Wilson's for as many independent rows as have the same variance: near chance, one fit for
 * all makes the share of two classes vary 1 + 2/π times as much.
 *
 * `perRow` has 1 in `right` where a row's class is found, 0 where not.
 *
 * @function
 */
export const linearProbeAccuracy = /* @__PURE__ */ defineMetric({
  id: 'linear-probe-accuracy',
  group: 'labels',
  needs: 'classes',
  title: 'Linear-probe accuracy',
  summary: 'The share of rows whose class a linear classifier fitted to the others finds.',
  references: [
    cite(sources.linearClassifierProbes, 'linear probes'),
    cite(sources.regularizedLeastSquares, 'leave-one-out values in closed form'),
  ],
  options: {
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { ridge }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const probe = await probeRows(space, classes);
    const { rows, classes: known } = probe;
    const fitted = ridgeOf(probe.principal, ridge);
    const fit = await ridgeProbe(fitted, known, space.engine);
    const value = probeNumbers(fit, known.of).accuracy;
    const wrong = [...rows.keys()].filter((i) => fit.withoutRow[i] !== known.of[i]);
    const wider = await widerShares(space, probe, [ridge, fitted]);
    const m = rows.length;
    return {
      value,
      ...wilsonInterval(value, m / wider.accuracy),
      warnings:
        m < classes.of.length
          ? [`fitted to a sample of ${m} of the ${classes.of.length} rows.`]
          : [],
      rows: wrong.slice(0, LISTED).map((i) => rows[i]),
      perRow: {
        right: valuesOfRows(
          classes.of.length,
          rows,
          known.of.map((own, i) => (fit.withoutRow[i] === own ? 1 : 0)),
        ),
      },
      null: await shuffledProbe(space, probe, [ridge, fitted], 'accuracy', value),
    };
  },
});
