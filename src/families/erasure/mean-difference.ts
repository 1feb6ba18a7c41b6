import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { defineErasure } from './define.ts';
import { classSums } from './support/concept.ts';
import { spanOf, subspaceArrays, withoutSubspace } from './support/subspace.ts';

/**
 * Projects out the differences between the means of the classes.
 *
 *     x′ = x − (x − μ)VVᵀ,   V an orthonormal basis of span{μ_c − μ}
 *
 * with μ_c the mean of class c and μ that of all rows: d × q, q at most k − 1. All classes then have one mean, so that no
 * linear predictor can tell them on these rows.
 *
 * @remarks The plainest filter, and an orthogonal one: distances only shrink. `leace` has the same guarantee and moves rows
 * less, the more the columns depend on one another.
 * @example
 * import { matrix } from 'tammes';
 * import { meanDifference } from 'tammes/erasure';
 *
 * // The classes differ in the first column, by 2.
 * const points = matrix(new Float64Array([0, 0, 0, 1, 2, 0, 2, 1]), 4, 2);
 * const { model } = await meanDifference({ points, classes: ['a', 'a', 'b', 'b'] });
 * const { data } = await meanDifference.transform(model, points);
 * console.log(data.join(' ')); // 1 0 1 1 1 0 1 1
 * @function
 */
export const meanDifference = /* @__PURE__ */ defineErasure({
  id: 'mean-difference',
  title: 'Mean difference',
  summary: 'Projects out the differences between the means of the classes.',
  references: [
    cite(sources.spectralRemoval, 'section 3: the directions of the covariance with the classes'),
    cite(sources.leace, 'theorem 3.4: equal class means are linear guardedness'),
  ],
  options: {},
  needs: 'classes',
  isProjection: true,
  turnsAlong: true,
  async fit({ points, classes }, _, context) {
    const mean = meanRow(points);
    const most = classes.names.length - 1;
    const basis = await spanOf(classSums(points, classes, mean), context, { most });
    return { settings: {}, arrays: subspaceArrays(mean, basis), rank: basis.rows };
  },
  erase: withoutSubspace,
});
