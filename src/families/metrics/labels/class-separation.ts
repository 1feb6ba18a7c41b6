import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { classCosines } from './support/class-cosines.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';

/**
 * Separation of the classes: the mean cosine of pairs of the same class less that of pairs of different
 * classes. 0 where classes mean nothing to the space.
 *
 * @function
 */
export const classSeparation = /* @__PURE__ */ defineMetric({
  id: 'class-separation',
  group: 'labels',
  needs: 'classes',
  title: 'Separation of the classes',
  summary: 'The mean cosine within classes less the mean cosine between them.',
  references: [
    cite(
      sources.changesInCommunityStructure,
      'ANOSIM: similarity within groups less that between them; here of cosines, not ranks',
    ),
  ],
  options: {},
  measure(space) {
    const classes = classesOf(space);
    if (!classes) return ONE_CLASS;
    const { separation } = classCosines(space.points, classes);
    return { ...separation, null: { value: 0, how: 'shuffled classes: exact mean' } };
  },
});
