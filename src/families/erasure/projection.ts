import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean } from '../../method/options.ts';
import { defineErasure } from './define.ts';
import { spanOf, subspaceArrays, withoutSubspace } from './support/subspace.ts';

/**
 * Projects given directions out of rows.
 *
 *     x′ = x − (x − o)VVᵀ,   V an orthonormal basis of the directions
 *
 * V is d × q, and o the origin of the directions; without `centered`, o = 0, so that rows become orthogonal to all of them.
 *
 * @remarks For directions that come from elsewhere: a probe, a formula of words, a factor. Where rows with classes are
 * known, `leace` takes out what tells the classes, which one direction rarely is.
 * @example
 * import { matrix } from 'tammes';
 * import { projection } from 'tammes/erasure';
 *
 * const points = matrix(new Float64Array([1, 1, 2, 3]), 2, 2);
 * const directions = {
 *   basis: matrix(new Float64Array([1, 0]), 1, 2),
 *   names: ['first'],
 *   origin: new Float64Array([1.5, 2]),
 *   draws: matrix(new Float64Array(0), 0, 2),
 *   space: { mean: new Float64Array([1.5, 2]), deviations: new Float64Array([0.5, 1]) },
 *   provenance: { method: 'given', options: {}, rows: 2, facts: {} },
 * };
 * const { model } = await projection({ points, directions });
 * console.log((await projection.transform(model, points)).data.join(' ')); // 1.5 1 1.5 3
 * @function
 */
export const projection = /* @__PURE__ */ defineErasure({
  id: 'projection',
  title: 'Projection',
  summary: 'Projects given directions out of rows.',
  references: [cite(sources.debiasingWordEmbeddings, 'section 5: neutralize')],
  options: {
    centered: boolean(true, 'Keep the origin of the directions where it is.'),
  },
  needs: 'directions',
  isProjection: true,
  turnsAlong: true,
  async fit({ directions: { basis, origin } }, { centered }, context) {
    const from = centered ? origin : new Float64Array(basis.cols);
    const own = await spanOf(basis, context);
    return { settings: {}, arrays: subspaceArrays(from, own), rank: own.rows };
  },
  erase: withoutSubspace,
});
