import { matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { classesOf, classJackknife, ONE_CLASS } from './support/classes.ts';
import { withinOverBetween, withinOverBetweenOfMeans } from './support/neural-collapse.ts';
import { shuffledMeans, shuffledNull, shufflesFor } from './support/shuffled-null.ts';

/**
 * NC1, variability within classes: tr(Σ_W Σ_B⁺)/C of the unit rows, Σ_W the covariance within classes
 * and Σ_B that of the C class means. 0 where every class has collapsed to its mean.
 *
 * @function
 */
export const nc1 = /* @__PURE__ */ defineMetric({
  id: 'nc1',
  group: 'labels',
  needs: 'classes',
  title: 'NC1: variability within classes',
  summary:
    'The covariance within classes beside that of the class means; 0 where classes collapse.',
  references: [cite(sources.neuralCollapse, 'NC1: variability collapse, tr(Σ_W Σ_B⁺)/C')],
  deviations: [
    'Rows are scaled to unit length first.',
    'Each class mean counts once, whatever its rows.',
  ],
  options: {},
  async measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const statistic = (points: typeof space.points, some: typeof classes) =>
      withinOverBetween(points, some, space.engine);
    const value = await statistic(space.points, classes);
    const half = await classJackknife(space, classes, statistic);
    const { rows: n, cols: d } = space.points;
    const c = classes.names.length;
    const gram = await space.gram();
    const secondMoment = matrix(
      gram.data.map((x) => x / n),
      d,
      d,
    );
    const draws = shufflesFor(n * d + c * d * d + 10 * Math.min(c, d) ** 3);
    const law = await shuffledNull(
      space,
      classes,
      draws,
      value,
      (shuffled, r) =>
        withinOverBetweenOfMeans(
          shuffledMeans(space, shuffled, r),
          shuffled,
          secondMoment,
          space.engine,
        ),
      { scale: 'log' },
    );
    return { value, low: Math.max(0, value - half), high: value + half, null: law };
  },
});
