import { number } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import {
  classesOf,
  classMeans,
  ONE_CLASS,
  productsWith,
  wilsonInterval,
} from '../shared/classes.ts';
import { probeRows, ridgeProbe } from '../shared/linear-probe.ts';
import { neuralCollapse } from '../shared/neural-collapse.ts';

/**
 * NC4, classifier and nearest class mean: the share of rows for which the linear probe names another
 * class than the one with the nearest mean. 0 where the two rules agree. The interval is Wilson's, as if
 * rows were independent: where classes mean nothing to the space it is up to a third too narrow.
 *
 * @function
 */
export const nc4 = /* @__PURE__ */ defineMetric({
  id: 'nc4',
  group: 'labels',
  needs: 'classes',
  title: 'NC4: classifier and nearest class mean',
  summary: 'The share of rows where a linear classifier and the nearest class mean disagree.',
  references: [neuralCollapse('NC4: simplification to the nearest class centre')],
  deviations: ['The classifier is a ridge probe fitted here, as `linear-probe-accuracy` has it.'],
  options: {
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { ridge }) {
    const all = classesOf(space);
    if (!all) return ONE_CLASS;
    const { points, classes, principal } = await probeRows(space, all);
    const penalty = ridge * principal.level;
    const { fitted } = await ridgeProbe(principal, classes, penalty, space.engine);
    const means = classMeans(points, classes);
    const { data, cols: c } = await productsWith(points, means, space.engine);
    const squares = Float64Array.from({ length: c }, (_, j) => {
      let sum = 0;
      for (let e = 0; e < means.cols; e++) sum += means.data[j * means.cols + e] ** 2;
      return sum;
    });
    let apart = 0;
    for (let i = 0; i < points.rows; i++) {
      let [best, nearest] = [-Infinity, -1];
      for (let j = 0; j < c; j++) {
        const closeness = 2 * data[i * c + j] - squares[j];
        if (classes.counts[j] > 0 && closeness > best) [best, nearest] = [closeness, j];
      }
      if (nearest !== fitted[i]) apart += 1;
    }
    const value = apart / points.rows;
    return { value, ...wilsonInterval(value, points.rows) };
  },
});
