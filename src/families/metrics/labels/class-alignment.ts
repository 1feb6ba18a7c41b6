import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { classCosines } from './support/class-cosines.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';

/**
 * Alignment of Wang and Isola, with classes as the positive pairs.
 *
 *     1/|P| Σ_{(i,j) ∈ P} ‖xᵢ − xⱼ‖²,   ‖xᵢ − xⱼ‖² = 2 − 2⟨xᵢ, xⱼ⟩
 *
 * with xᵢ the unit rows and P all pairs of rows of the same class: 0 where classes are single points. The
 * null is the exact mean for shuffled classes, the same over all pairs. Large classes weigh more, by
 * their pairs. NaN without classes, with fewer than 2, and where no class has 2 rows.
 *
 * @remarks Use it beside `uniformity`, never alone: collapse of all rows makes it 0, its best, while
 * uniformity rises to 0, its worst; noise does the reverse. Lower is better at one uniformity. 0 to 4;
 * rows that know nothing of their classes have about 2 where the space is centred. For one number that
 * does not reward collapse of everything see `class-separation` or `silhouette`. Costs O(n d).
 * @example
 * import { matrix } from 'tammes';
 * import { classAlignment } from 'tammes/metrics';
 *
 * // Class a is one point, class b two axes at a right angle: squared distances 0 and 2.
 * const points = matrix(Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), 4, 3);
 * const { value, null: shuffled } = await classAlignment(points, {}, { classes: ['a', 'a', 'b', 'b'] });
 * console.log(value.toFixed(3), shuffled?.value.toFixed(3)); // 1.000 1.667
 * @function
 */
export const classAlignment = /* @__PURE__ */ defineMetric({
  id: 'class-alignment',
  group: 'labels',
  range: [0, 4],
  needs: 'classes',
  title: 'Alignment of the classes',
  summary: 'The mean squared distance between unit rows of the same class.',
  references: [cite(sources.alignmentAndUniformity, 'Section 4.1.1, L_align with α = 2')],
  deviations: ['Positive pairs are all pairs of rows of one class.'],
  options: {},
  measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const { within, all } = classCosines(space.points, classes);
    return {
      value: 2 - 2 * within.value,
      low: Math.max(0, 2 - 2 * within.high),
      high: Math.min(4, 2 - 2 * within.low),
      null: { value: 2 - 2 * all, how: 'shuffled classes: exact mean' },
    };
  },
});
