import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { classCosines } from './support/class-cosines.ts';
import { classesOf, ONE_CLASS } from './support/classes.ts';

/**
 * Separation of the classes: the mean cosine within classes less the mean cosine between them.
 *
 *     1/|P| Σ_{(i,j) ∈ P} ⟨xᵢ, xⱼ⟩ − 1/|P̄| Σ_{(i,j) ∈ P̄} ⟨xᵢ, xⱼ⟩
 *
 * with xᵢ the unit rows, P the pairs of rows of the same class and P̄ those of different classes. 0 where
 * classes mean nothing to the space, which is the exact mean for shuffled classes, the null. NaN without
 * classes, with fewer than 2, and where no class has 2 rows.
 *
 * @remarks Use it as a quick and cheap first look at labels, in the units of a cosine: how much warmer
 * one's own class is. Larger is better; 1 for classes that are single orthogonal points, at most 2. It is
 * a difference of means, so it misses classes that are apart but wide, and a common direction squeezes
 * it: then see `silhouette` for margins and `knn-accuracy` for use. Costs O(n d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { classSeparation } from 'tammes/metrics';
 *
 * // Classes at the axes have 1; classes that are dealt out have about 0.
 * const classes = Array.from({ length: 200 }, (_, i) => `${i % 4}`);
 * const axes = zeros(200, 4);
 * for (let i = 0; i < 200; i++) axes.data[4 * i + (i % 4)] = 1;
 * console.log((await classSeparation(axes, {}, { classes })).value.toFixed(3)); // 1.000
 * const points = uniformPoints(200, 4, Random.fromSeed(1));
 * const dealt = await classSeparation(points, {}, { classes });
 * console.log(Math.abs(dealt.value) < 0.02, dealt.null?.value); // true 0
 * @function
 */
export const classSeparation = /* @__PURE__ */ defineMetric({
  id: 'class-separation',
  group: 'labels',
  range: [-2, 2],
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
