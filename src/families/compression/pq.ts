import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineCodec } from './define.ts';
import {
  cutOf,
  cutOfModel,
  fewRowsWarning,
  fitCentroids,
  productBytes,
  productCodes,
  productOptions,
  productProducts,
  productRows,
  rowsToFit,
  squaredError,
  squaresLost,
} from './support/product-codes.ts';

/**
 * Product quantization: each of p runs of columns by the nearest of 256 (or 16) centroids of its own.
 *
 *     x = (x¹, …, xᵖ),   code_j = argmin_l ‖xʲ − C_lʲ‖,   x̂ = (C¹, …, Cᵖ at the codes),   ⟨q, x̂⟩ = Σ_j ⟨qʲ, Cʲ⟩
 *
 * p bytes a row, by default one for every four coordinates: a 16th of float32; with 16 centroids p/2. Lengths of parts differ by
 * one where p does not divide d. Centroids are k-means of each part, of at most 64 rows a centroid drawn by the seed; they
 * take 1,024d bytes in a file (64d with 16). Products of up to 16 queries are p additions a row, from a table of
 * ⟨qʲ, C_lʲ⟩ that takes 256d multiplications a query; for more queries codes are unpacked a few rows at a time. The fact `squaresLost` is Σ‖x − x̂‖²/Σ‖x − μ‖² of the fitted rows. O(256nd) to code.
 *
 * @remarks Use it where `int4` is still too large and codes are compared by a scan. It pays where neighbouring columns vary
 * together: `opq` turns the rows first so that they do, and costs a rotation a query. Fewer rows than a few
 * thousand are learned by heart: new ones lose more than the fact says; `rotated-scalar` fits nothing.
 * @example
 * import { matrix } from 'tammes';
 * import { pq } from 'tammes/compression';
 *
 * // Four different rows: the centroids hold them all.
 * const rows = matrix(new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]), 4, 2);
 * const { codes, model } = await pq(rows, { bytes: 1 });
 * const { data } = await (await pq.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data.join(' ')); // 1 1 2 3 4 5 6 7 8
 * @function
 */
export const pq = /* @__PURE__ */ defineCodec({
  id: 'pq',
  title: 'Product quantization',
  summary: 'Runs of columns by the nearest of 256 centroids each: a 16th of the bytes or less.',
  references: [
    cite(sources.productQuantization, 'products of subspaces; queries stay as they are'),
  ],
  options: productOptions,
  async fit(points, options, context) {
    const cut = cutOf('pq', options, points.cols);
    const rows = rowsToFit(points, cut, context.random);
    const centroids = await fitCentroids(rows, cut, context);
    const bytes = await productCodes(centroids, cut, rows, context);
    const codes = { rows: rows.rows, bytesPerVector: productBytes(cut), bytes };
    return {
      settings: { ...cut },
      arrays: { centroids },
      facts: {
        squaresLost: squaresLost(rows, squaredError(rows, productRows(centroids, cut, codes))),
      },
      warnings: fewRowsWarning(points.rows, cut),
    };
  },
  bytesPerVector: (fitted) => productBytes(cutOfModel(fitted)),
  encode: (fitted, rows, context) =>
    productCodes(fitted.arrays['centroids'], cutOfModel(fitted), rows, context),
  decode: (fitted, codes) => productRows(fitted.arrays['centroids'], cutOfModel(fitted), codes),
  products: (fitted, queries, codes, context) =>
    productProducts(fitted.arrays['centroids'], cutOfModel(fitted), queries, codes, context),
});
