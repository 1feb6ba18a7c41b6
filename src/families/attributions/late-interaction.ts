import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { defineAttribution } from './define.ts';

/**
 * The score of two sets that are compared without pooling, split over the parts of the first:
 *
 *     MaxSim(A, B) = Σₚ max_q ⟨Aₚ, B_q⟩
 *
 * with A p × d the parts of the query and B q × d those of the document. Each part of the query contributes its
 * product with the part of the document that answers it best; of equal ones the first.
 *
 * @remarks For "why did this document match?" where vectors are kept a token each (ColBERT, ColPali). It is what these
 * models compute, so nothing is approximated; a document's part that answers no part of the query has no contribution at all.
 * Not symmetric: A asks. O(p·q·d).
 * @example
 * import { lateInteraction } from 'tammes/attributions';
 *
 * const { score, contributions } = await lateInteraction({ a: [[1, 0], [0, 1]], b: [[0, 2], [3, 3]] });
 * console.log(score.toFixed(3)); // 1.707
 * console.log([...contributions.b]); // [ 1, 0 ]
 * @function
 */
export const lateInteraction = /* @__PURE__ */ defineAttribution({
  id: 'late-interaction',
  title: 'Late interaction (MaxSim)',
  summary: 'Splits the score of two sets over the parts of the first, each with its best match.',
  references: [cite(sources.colbert, 'Section 3.3, Equation 3')],
  options: {
    similarity: choice(
      ['cosine', 'product'],
      'cosine',
      'Whether parts are compared by their angles alone, or by their products.',
    ),
  },
  command: 'tammes explain pair a.npy b.npy --method late-interaction',
  attribute({ a: parts, b: others }, { similarity }) {
    const [a, b] = [parts, others].map((set) =>
      similarity === 'cosine' ? unitOrZeroRows(set).points : set,
    );
    const best = new Int32Array(a.rows);
    const values = Float64Array.from({ length: a.rows }, (_, i) => {
      let most = -Infinity;
      for (let j = 0; j < b.rows; j++) {
        const product = rowDot(a, i, b, j);
        if (product > most) [most, best[i]] = [product, j];
      }
      return most;
    });
    const score = values.reduce((sum, value) => sum + value, 0);
    return { score, contributions: { a: Int32Array.from(values.keys()), b: best, values } };
  },
});
