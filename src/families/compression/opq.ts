import { toFloat32 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { fittedRotation, turnedBy } from './support/fitted-rotation.ts';
import {
  cutOf,
  cutOfModel,
  fewRowsWarning,
  productBytes,
  productCodes,
  productOptions,
  productProducts,
  productRows,
  rowsToFit,
  squaresLost,
} from './support/product-codes.ts';

/**
 * Product quantization along axes that are fitted to it.
 *
 *     y = x·Rᵀ,   code_j = argmin_l ‖yʲ − C_lʲ‖,   x̂ = ŷ·R,   ⟨q, x̂⟩ = Σ_j ⟨(R q)ʲ, Cʲ⟩
 *
 * Bytes, centroids and products are those of `pq`. The rotation R, d × d, and the centroids are fitted by turns: codes and
 * centroids by k-means in each part, R by orthogonal Procrustes, from principal axes on that are dealt so that all parts
 * have the same product of variances. The squared error falls with every round and ends in a local minimum; a round that
 * gains less than a thousandth is the last, the fact `rounds` counts them. R takes 4d² bytes in a file and d²
 * multiplications a row or query. A round takes a singular value decomposition of d × d.
 *
 * @remarks Use it instead of `pq` where columns are correlated and neighbours in order mean nothing: it keeps more
 * neighbours in as many bytes. Its fit is the slowest of the plain codecs: with many columns keep fewer by `dims` first. Without
 * a fit, `rotated-scalar` with two bits takes as many bytes as the default here.
 * @example
 * import { matrix } from 'tammes';
 * import { opq } from 'tammes/compression';
 *
 * // Along the diagonal: one axis says all, and four centroids hold the four rows.
 * const rows = matrix(new Float32Array([1, 1, 2, 2, 3, 3, 4, 4]), 4, 2);
 * const { codes, facts } = await opq(rows, { bytes: 1 });
 * console.log(codes.bytesPerVector, facts.squaresLost.toFixed(6)); // 1 0.000000
 * @function
 */
export const opq = /* @__PURE__ */ defineCodec({
  id: 'opq',
  title: 'Optimized product quantization',
  summary: 'Product quantization along fitted axes: more neighbours in as many bytes as pq.',
  references: [
    cite(sources.optimizedProductQuantization, 'eigenvalue allocation, then alternation'),
    cite(sources.productQuantization, 'products of subspaces'),
    cite(sources.orthogonalProcrustes, 'the rotation of a round'),
  ],
  options: {
    ...productOptions,
    rounds: integer(20, 'Rounds of centroids and rotation at most; 0 keeps the principal axes.', {
      min: 0,
    }),
  },
  async fit(points, options, context) {
    const cut = cutOf('opq', options, points.cols);
    const rows = rowsToFit(points, cut, context.random);
    const found = await fittedRotation(rows, cut, options.rounds, context);
    const { rotation, centroids, errors } = found;
    return {
      settings: { ...cut },
      arrays: { rotation, centroids },
      facts: {
        squaresLost: squaresLost(rows, errors[errors.length - 1]),
        rounds: errors.length - 1,
      },
      warnings: fewRowsWarning(points.rows, cut),
    };
  },
  bytesPerVector: (fitted) => productBytes(cutOfModel(fitted)),
  async encode(fitted, rows, context) {
    const { rotation, centroids } = fitted.arrays;
    const turned = await turnedBy(rotation, rows, context);
    return productCodes(centroids, cutOfModel(fitted), turned, context);
  },
  async decode(fitted, codes, _, { engine, work: { signal } }) {
    const { rotation, centroids } = fitted.arrays;
    const turned = productRows(centroids, cutOfModel(fitted), codes);
    return toFloat32(await engine.matmul(turned, toFloat32(rotation), {}, { signal }));
  },
  async products(fitted, queries, codes, context) {
    const { rotation, centroids } = fitted.arrays;
    const turned = await turnedBy(rotation, queries, context);
    return productProducts(centroids, cutOfModel(fitted), turned, codes, context);
  },
});
