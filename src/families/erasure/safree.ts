import { copied, toFloat64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { number } from '../../method/options.ts';
import { defineErasure } from './define.ts';
import { spanOf, subspaceArrays } from './support/subspace.ts';
import { outsideOf, triggersIn } from './support/triggers.ts';

/**
 * Takes a concept out of those rows of a set that bring the set near to it, and leaves the others as they are.
 *
 *     eᵢ ← (I − P)eᵢ   where zᵢ ≥ (1 + α)·mean of zⱼ, j ≠ i;   zᵢ = ‖(I − P)pᵢ‖
 *
 * with eᵢ the rows of a set (the tokens of a prompt), n × d; pᵢ the mean of all rows of the set but eᵢ; and P the projector on
 * the span of the concept's phrases, m × d. A row without which its set lies farther from the concept is a trigger.
 *
 * @remarks For prompts, chunks of a document, a basket: things of several vectors of which few are unwanted. To project the
 * concept out of every row moves the harmless ones too. A larger α flags fewer rows, wrongly or rightly: of prompts of six
 * word vectors 0.01 flagged 99.6 % of the words of a concept and 19 % of the others, 0.05 flagged 97 % and 4 %. `transform`
 * takes the `offsets` of the sets; `triggersIn` says what is flagged.
 * @example
 * import { matrix } from 'tammes';
 * import { safree } from 'tammes/erasure';
 *
 * const prompt = matrix(new Float64Array([0.1, 1, 0, 0.1, 0, 1, 1, 0.1, 0.1]), 3, 3);
 * const concepts = matrix(new Float64Array([1, 0, 0]), 1, 3);
 * const { model } = await safree({ points: prompt, concepts });
 * const { data } = await safree.transform(model, prompt);
 * console.log(data.join(' ')); // 0.1 1 0 0.1 0 1 0 0.1 0.1
 * @function
 */
export const safree = /* @__PURE__ */ defineErasure({
  id: 'safree',
  title: 'SAFREE',
  summary: 'Takes a concept out of those rows of a set that bring the set near to it.',
  references: [cite(papers.safree, 'section 3.1: adaptive token selection and projection')],
  deviations: [
    'A set without one of its rows is the mean of the others; the paper encodes the prompt anew with a token masked. The span of these means is that of the rows, so that the projection on it, which the paper applies besides, changes nothing.',
  ],
  options: {
    alpha: number(0.01, 'How much farther a set must lie without a row than without the others.', {
      min: 0,
      symbol: 'α',
    }),
  },
  needs: 'concepts',
  isProjection: false,
  turnsAlong: true,
  inSets: true,
  async fit({ points, concepts }, { alpha }, context) {
    const basis = await spanOf(toFloat64(concepts), context);
    const arrays = subspaceArrays(new Float64Array(points.cols), basis);
    return { settings: { alpha }, arrays, rank: basis.rows };
  },
  erase(fitted, rows, { offsets }) {
    const { flagged } = triggersIn(fitted, rows, offsets);
    const { writes } = fitted.arrays;
    const { residuals } = outsideOf(writes, rows);
    const out = copied(rows);
    for (const [i, isTrigger] of flagged.entries())
      if (isTrigger)
        out.data.set(residuals.subarray(i * rows.cols, (i + 1) * rows.cols), i * rows.cols);
    return out;
  },
});
