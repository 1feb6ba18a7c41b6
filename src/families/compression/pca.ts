import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { floatCodes } from './support/stored-floats.ts';

/**
 * The coordinates along the m principal axes, as floats.
 *
 *     y = (x − μ)·Vᵀ,   x̂ = μ + y·V,   ⟨q, x̂⟩ = ⟨q, μ⟩ + ⟨V q, y⟩
 *
 * with V the m leading eigenvectors of the covariance of the rows, m × d. 4m bytes a row, or 2m as `f2`. Of all linear
 * maps to m numbers it loses the least squared length; the fact `squaresKept` says which share of it, about the mean, is
 * left. The mean stays in the products: cosines of decoded rows are those about the origin, not about μ. The axes are those
 * of the reduction `pca`; O(nd·min(n, d) + min(n, d)³) to fit, O(md) a row.
 *
 * @remarks Use it first where vectors are long: of text embeddings half of the coordinates cost next to nothing. Read m
 * from the recall that `tammes compress` prints rather than from the share of squares. Every other codec takes `dims`,
 * too: principal axes and then fewer bits each is smaller than either.
 * @example
 * import { matrix } from 'tammes';
 * import { pca } from 'tammes/compression';
 *
 * // Points of a line in the plane: one number each says all.
 * const line = matrix(new Float32Array([0, 0, 1, 1, 2, 2]), 3, 2);
 * const { codes, model } = await pca(line, { dims: 1 });
 * const { data } = await (await pca.ready(model)).decode(codes);
 * console.log(codes.bytesPerVector, data[5].toFixed(3)); // 4 2.000
 * @function
 */
export const pca = /* @__PURE__ */ defineCodec({
  id: 'pca',
  title: 'Principal coordinates',
  summary: 'The coordinates along the m principal axes as floats: the linear map that loses least.',
  references: [
    cite(
      papers.pcaRagPrincipalComponentAnalysis,
      'PCA of the corpus, applied to the queries as well',
    ),
    cite(papers.optimizationOfEmbeddingsStorageRag, 'PCA before fewer bits a number'),
    cite(sources.linesAndPlanesOfClosestFit, 'the plane of closest fit'),
  ],
  keeps: 'pca',
  options: { type: choice(['f4', 'f2'], 'f4', 'Numbers of 4 bytes, or of 2: half precision.') },
  fit: (_, { type }) => ({ settings: { type }, arrays: {} }),
  ...floatCodes('pca'),
});
