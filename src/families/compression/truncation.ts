import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { floatCodes } from './support/stored-floats.ts';

/**
 * The first m coordinates, as floats; the others are taken as 0.
 *
 *     x̂ = (x₁, …, x_m, 0, …, 0)
 *
 * 4m bytes a row, or 2m as `f2`. The fact `squaresKept` says which share of the squared lengths they have. O(nm).
 *
 * @remarks Use it for embeddings that were trained for it (Matryoshka), which have what matters most in front. The columns
 * of others are in no order: then `pca` keeps more in as many numbers, at the price of a product with its axes.
 * @example
 * import { matrix } from 'tammes';
 * import { truncation } from 'tammes/compression';
 *
 * const { codes, facts } = await truncation(matrix(new Float32Array([4, 2, 2, 1]), 1, 4), { dims: 2 });
 * console.log(codes.bytesPerVector, facts.squaresKept); // 8 0.8
 * @function
 */
export const truncation = /* @__PURE__ */ defineCodec({
  id: 'truncation',
  title: 'The first coordinates',
  summary: 'The first m columns as floats: for embeddings that have what matters most in front.',
  references: [
    cite(papers.pcaRagPrincipalComponentAnalysis, 'what principal components are compared with'),
  ],
  keeps: 'first',
  options: { type: choice(['f4', 'f2'], 'f4', 'Numbers of 4 bytes, or of 2: half precision.') },
  fit: (_, { type }) => ({ settings: { type }, arrays: {} }),
  ...floatCodes('truncation'),
});
