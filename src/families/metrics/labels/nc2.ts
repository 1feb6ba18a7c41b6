import type { Matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import {
  type Classes,
  classesOf,
  classJackknife,
  classMeans,
  classMeansOf,
  ONE_CLASS,
} from './support/classes.ts';
import { MEANS_COINCIDE, meanCosines, meansCoincide } from './support/neural-collapse.ts';
import { shuffledMeans, shuffledNull, shufflesFor, sumShuffles } from './support/shuffled-null.ts';

/**
 * NC2 of neural collapse, class means as a simplex.
 *
 *     2/(C(C − 1)) Σ_{c<c′} |cos(μ_c − μ, μ_c′ − μ) + 1/(C − 1)|
 *
 * with μ_c the C class means of the unit rows and μ their mean: 0 where they lie at the largest angles
 * that C directions can have, those of a regular simplex. Two classes have 0 always. The null is that of
 * shuffled classes, with a p-value; the interval needs 10 rows a class. NaN without classes, with fewer
 * than 2, where no class has 2 rows, and where a class mean is the mean of all.
 *
 * @remarks Use it to see whether the classes are spread evenly, with none nearer to another; by the paper
 * it falls towards 0 late in training. It looks at angles only, not at how long the means are (see `nc1`)
 * nor at their lengths being equal. With C > d + 1 it cannot be 0, and related classes should be near in
 * a useful space: low is a goal for classifiers, not for search. 0 to 3/2 at most. Costs O(n d + C² d).
 * @example
 * import { zeros } from 'tammes';
 * import { nc2 } from 'tammes/metrics';
 *
 * // Four classes at four axes: about their mean they are a regular simplex.
 * const classes = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
 * const points = zeros(8, 4);
 * for (let i = 0; i < 8; i++) points.data[4 * i + (i >> 1)] = 1;
 * console.log(Math.abs((await nc2(points, {}, { classes })).value) < 1e-6); // true
 *
 * // Moving class b towards a spoils it.
 * for (let i = 2; i < 4; i++) points.data[4 * i] = 0.8;
 * console.log((await nc2(points, {}, { classes })).value.toFixed(2)); // 0.23
 * @function
 */
export const nc2 = /* @__PURE__ */ defineMetric({
  id: 'nc2',
  group: 'labels',
  range: [0, Infinity],
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
    const means = await classMeansOf(space, classes);
    if (meansCoincide(means)) return MEANS_COINCIDE;
    const statistic = (points: Matrix, some: Classes) => simplexDefect(classMeans(points, some));
    const value = simplexDefect(means);
    const half = await classJackknife(space, classes, statistic);
    const { rows: n, cols: d } = space.points;
    const draws = shufflesFor(n * d + classes.names.length ** 2 * d);
    await sumShuffles(space, classes, draws);
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
