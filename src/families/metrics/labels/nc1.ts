import { matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { AbsentRowsError } from '../../../structures/space/absent-rows.ts';
import { defineMetric } from '../define.ts';
import { classesOf, classJackknife, classMeansOf, ONE_CLASS } from './support/classes.ts';
import {
  MEANS_COINCIDE,
  meansCoincide,
  withinOfMeans,
  withinOverBetween,
  withinOverBetweenOfMeans,
} from './support/neural-collapse.ts';
import { shuffledMeans, shuffledNull, shufflesFor, sumShuffles } from './support/shuffled-null.ts';

/**
 * NC1 of neural collapse, variability within classes.
 *
 *     tr(Σ_W Σ_B⁺)/C
 *     Σ_W = 1/n Σᵢ (xᵢ − μ_{yᵢ})(xᵢ − μ_{yᵢ})ᵀ,   Σ_B = 1/C Σ_c (μ_c − μ)(μ_c − μ)ᵀ
 *
 * with xᵢ the n unit rows, y their classes, μ_c the C class means, μ their mean (each class counts once,
 * whatever its rows) and ⁺ the pseudo-inverse; both matrices are d × d. 0 where every class has collapsed
 * to its mean. The null is that of shuffled classes, with a p-value; the interval needs 10 rows a class.
 * NaN without classes, with fewer than 2, and where no class has 2 rows.
 *
 * @remarks Use it with `nc2`, `nc3` and `nc4` to follow a classifier late in training: by the paper all
 * four fall towards 0. Low means tight classes along the directions that tell them apart; it says nothing
 * of the others. Collapse helps the classes trained on and may hurt transfer, so low is not good in
 * itself; see `class-rank`. It has no upper end, and is large where two class means nearly coincide.
 * Costs O(n d C).
 * @example
 * import { matrix } from 'tammes';
 * import { nc1 } from 'tammes/metrics';
 *
 * // Two classes on the circle, each two rows 60° apart, with means at a right angle: ½ tan² 30°.
 * const angles = [15, 75, -15, -75].map((degrees) => (degrees * Math.PI) / 180);
 * const points = matrix(Float32Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 4, 2);
 * const { value } = await nc1(points, {}, { classes: ['x', 'x', 'y', 'y'] });
 * console.log(value.toFixed(4), (Math.tan(Math.PI / 6) ** 2 / 2).toFixed(4)); // 0.1667 0.1667
 * @function
 */
export const nc1 = /* @__PURE__ */ defineMetric({
  id: 'nc1',
  group: 'labels',
  range: [0, Infinity],
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
    const means = await classMeansOf(space, classes);
    if (meansCoincide(means)) return MEANS_COINCIDE;
    const statistic = (points: typeof space.points, some: typeof classes) =>
      withinOverBetween(points, some, space.engine);
    const { rows: n, cols: d } = space.points;
    const c = classes.names.length;
    const gram = await space.gram();
    const secondMoment = matrix(
      gram.data.map((x) => x / n),
      d,
      d,
    );
    const value = space.classSums
      ? await ofSums(means, classes, secondMoment, space.engine)
      : await statistic(space.points, classes);
    const half = await classJackknife(space, classes, statistic);
    const draws = shufflesFor(n * d + c * d * d + 10 * Math.min(c, d) ** 3);
    await sumShuffles(space, classes, draws);
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

/** Less than this within classes, and fewer than ten digits of it are left of sums in float64. */
const COLLAPSED = 1e-6;

/** From sums over rows that are absent; where too little lies within classes, the rows themselves are needed. */
async function ofSums(...sums: Parameters<typeof withinOfMeans>): Promise<number> {
  const { value, leastShare } = await withinOfMeans(...sums);
  if (!(leastShare > COLLAPSED)) throw new AbsentRowsError();
  return value;
}
