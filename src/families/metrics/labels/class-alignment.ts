import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { classCosines } from './support/class-cosines.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';

/**
 * Alignment of Wang and Isola with classes as the positive pairs: the mean of ‖xᵢ − xⱼ‖² = 2 − 2 cos over
 * all pairs of unit rows of the same class. 0 where classes are single points. Read it beside
 * `uniformity`: collapse makes both of them small.
 *
 * @function
 */
export const classAlignment = /* @__PURE__ */ defineMetric({
  id: 'class-alignment',
  group: 'labels',
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
