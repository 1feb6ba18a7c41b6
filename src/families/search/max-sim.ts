import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineIndex } from './define.ts';
import { comparedSets, packedSets, searchAllSets } from './support/all-sets.ts';
import { setSimilarityOption } from './support/chamfer.ts';

/**
 * Late interaction: documents and queries are sets of vectors, one a word or a token, and each vector of the query is
 * held against its nearest of the document (MaxSim, the Chamfer similarity).
 *
 *     score(Q, P) = Σ_{q ∈ Q} max_{p ∈ P} ⟨q, p⟩
 *
 * with vectors of d numbers, of length 1 under the cosine. Every document is scored: exact, O(|Q|·T·d) a query for
 * documents of T vectors in all.
 *
 * @remarks Use it where one vector cannot say all that a text says: it finds a single word of a long text. It keeps and
 * compares every vector; beyond some thousands of documents take `fde`, which scores few of them and the same way. A
 * query and a document without sets are sets of one vector: then it is `exact`.
 * @example
 * import { matrix } from 'tammes';
 * import { maxSim } from 'tammes/search';
 *
 * const points = matrix(new Float32Array([1, 0, 0, 1, 0.6, 0.8]), 3, 2);
 * const { index } = await maxSim({ points, offsets: Int32Array.of(0, 2, 3) });
 * const queries = { points: [[1, 0], [0, 1]], offsets: Int32Array.of(0, 2) };
 * const { scores } = await maxSim.search(index, queries, { k: 2 });
 * console.log([...scores].map((score) => score.toFixed(1)).join(' ')); // 2.0 1.4
 * @function
 */
export const maxSim = /* @__PURE__ */ defineIndex({
  id: 'max-sim',
  title: 'MaxSim',
  summary: 'Sets of vectors by the Chamfer similarity, every document scored.',
  references: [
    cite(sources.colbert, 'equation 3'),
    cite(papers.muveraMultiVectorRetrievalFixedDimensionalEncodings, 'section 1'),
  ],
  takes: 'sets',
  options: { similarity: setSimilarityOption },
  build(corpus, { similarity }) {
    const sets = comparedSets(corpus, similarity);
    return {
      settings: { similarity },
      arrays: packedSets(sets),
      facts: { vectors: sets.points.rows },
    };
  },
  search: searchAllSets,
});
