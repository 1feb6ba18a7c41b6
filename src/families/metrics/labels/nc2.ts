import type { Matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  classMeans,
  ONE_CLASS,
} from './support/classes.ts';
import { meanCosines } from './support/neural-collapse.ts';
import { shuffledMeans, shuffledNull, shufflesFor } from './support/shuffled-null.ts';

/**
 * NC2, class means as a simplex: the mean of |cos(μ_c − μ, μ_c' − μ) + 1/(C − 1)| over all pairs of the C
 * class means of the unit rows. 0 where they lie at the largest angles that C directions can have.
 *
 * @function
 */
export const nc2 = /* @__PURE__ */ defineMetric({
  id: 'nc2',
  group: 'labels',
  needs: 'classes',
  title: 'NC2: class means as a simplex',
  summary: 'How far the angles between centred class means are from those of a regular simplex.',
  references: [
    cite(sources.neuralCollapse, 'NC2: maximal-angle equiangularity of the class means'),
  ],
  deviations: ['Rows are scaled to unit length first.'],
  options: {},
  async measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const statistic = (points: Matrix, some: Classes) => simplexDefect(classMeans(points, some));
    const value = statistic(space.points, classes);
    const half = await classJackknife(space, classes, statistic);
    const { rows: n, cols: d } = space.points;
    const draws = shufflesFor(n * d + classes.names.length ** 2 * d);
    const law = await shuffledNull(
      space,
      classes,
      draws,
      value,
      (shuffled, r) => simplexDefect(shuffledMeans(space, shuffled, r)),
      { range: [0, 2] },
    );
    return { value, low: Math.max(0, value - half), high: value + half, null: law };
  },
});

function simplexDefect(means: Matrix<Float64Array>): number {
  const { data, rows: c } = meanCosines(means);
  let sum = 0;
  for (let a = 0; a < c; a++) {
    for (let b = a + 1; b < c; b++) sum += Math.abs(data[a * c + b] + 1 / (c - 1));
  }
  return (2 * sum) / (c * (c - 1));
}
