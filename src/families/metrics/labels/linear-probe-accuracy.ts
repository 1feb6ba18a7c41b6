import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { wilsonInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';
import { probeRows, ridgeOf, ridgeProbe } from './support/linear-probe.ts';
import { probeNumbers, shuffledProbe, widerShares } from './support/probe-draws.ts';

const LISTED = 100;

/**
 * Linear-probe accuracy: the share of rows whose class a linear classifier fitted to the others finds.
 *
 *     min_{W,b} Σᵢ ‖Yᵢ − W xᵢ − b‖² + n a ‖W‖²,   a = ridge · tr Σ/d
 *     ŷᵢ = argmax_c (Ŷ_ic − hᵢ Y_ic)/(1 − hᵢ)
 *
 * with Y the n × C one-hot classes, xᵢ the unit rows, Σ their d × d covariance, Ŷᵢ = W xᵢ + b the fit to
 * all rows and hᵢ the leverage of row i: ridge regression with an intercept, in which every row is
 * predicted by the fit without it, exactly. Where there are more than 4,000,000/d rows (but 2,000) a
 * seeded sample is fitted and predicted, and a warning says so. Rows that are predicted wrong are listed.
 * NaN without classes, with fewer than 2, and where no class has 2 rows.
 *
 * The interval is Wilson's for as many independent rows as have the same variance: near chance, one fit
 * for all makes the share of two classes vary 1 + 2/π times as much. The null is that of shuffled
 * classes, with a p-value.
 * `perRow` has 1 in `right` where a row's class is found, 0 where not.
 *
 * @remarks Use it as the usual test of a representation: how well its classes are told by one linear map.
 * With fewer rows than columns much hangs on `ridge`; try larger ones. Classes that are apart but not
 * linearly so need `knn-accuracy`. 0 to 1, larger is better. Costs O(n d (d + C)).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { knnAccuracy, linearProbeAccuracy } from 'tammes/metrics';
 *
 * // Class 0 about ± the first axis, class 1 about ± the second: apart, and not by a linear map.
 * const random = Random.fromSeed(1);
 * const points = zeros(200, 4);
 * for (let e = 0; e < points.data.length; e++) points.data[e] = 0.1 * random.normal();
 * for (let i = 0; i < 200; i++) points.data[4 * i + (i % 2)] += i % 4 < 2 ? 1 : -1;
 * const classes = Array.from({ length: 200 }, (_, i) => `${i % 2}`);
 * console.log((await linearProbeAccuracy(points, {}, { classes })).value < 0.65); // true
 * console.log((await knnAccuracy(points, {}, { classes })).value); // 1
 *
 * // Without the signs it is.
 * for (let e = 0; e < points.data.length; e++) points.data[e] = Math.abs(points.data[e]);
 * console.log((await linearProbeAccuracy(points, {}, { classes })).value); // 1
 * @function
 */
export const linearProbeAccuracy = /* @__PURE__ */ defineMetric({
  id: 'linear-probe-accuracy',
  group: 'labels',
  range: [0, 1],
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
