import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { number } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  classMeans,
  ONE_CLASS,
} from '../shared/classes.ts';
import {
  centeredMeans,
  principalCoordinates,
  probeRows,
  ridgeProbe,
} from '../shared/linear-probe.ts';
import { neuralCollapse } from '../shared/neural-collapse.ts';

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
  references: [neuralCollapse('NC3: convergence to self-duality')],
  deviations: ['The classifier is a ridge probe fitted here, as `linear-probe-accuracy` has it.'],
  options: {
    ridge: number(0.1, 'Penalty, in mean variances of a column.', { min: 1e-9, max: 1e6 }),
  },
  async measure(space, { ridge }) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const statistic = async (
      points: Matrix,
      some: Classes,
      principal = principalCoordinates(points, space.engine),
    ) => {
      const known = await principal;
      const { weights } = await ridgeProbe(known, some, ridge * known.level, space.engine);
      const means = centeredMeans(classMeans(known.coordinates, some));
      return dualityGap(weights, means);
    };
    const fitted = await probeRows(space, classes);
    const value = await statistic(fitted.points, fitted.classes, Promise.resolve(fitted.principal));
    const half = await classJackknife(space, classes, statistic);
    return { value, low: Math.max(0, value - half), high: Math.min(4, value + half) };
  },
});

/** 2 − 2⟨W, M⟩/(‖W‖‖M‖), weights r × C and means C × r in the same coordinates. */
function dualityGap({ data, rows: r, cols: c }: Matrix, means: Matrix<Float64Array>): number {
  const turned = zeros64(c, r);
  for (let k = 0; k < r; k++) for (let j = 0; j < c; j++) turned.data[j * r + k] = data[k * c + j];
  const weights = centeredMeans(turned).data;
  let [ww, wm, mm] = [0, 0, 0];
  for (let e = 0; e < weights.length; e++) {
    ww += weights[e] ** 2;
    wm += weights[e] * means.data[e];
    mm += means.data[e] ** 2;
  }
  return 2 - (2 * wm) / Math.sqrt(ww * mm);
}
