import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { defineAttribution } from './define.ts';

/**
 * The score of a class, split over the tokens or places that were pooled for it:
 *
 *     s_c = (1/p) Σₚ ⟨Aₚ, w_c⟩ + β_c
 *
 * with A p × d the tokens before average pooling, B c × d the weights of the classes and β their biases. Token p contributes
 * ⟨Aₚ, w_c⟩/p; β_c belongs to no token and is the constant.
 *
 * @remarks Where in an image, a text, a series a classifier sees its class: the class activation map. It needs the tokens just
 * before pooling. A map shows what the score was made of, which need not be where the thing is: `doei` makes it fit
 * things better, and gives up the sum. O(p·d).
 * @example
 * import { classActivation } from 'tammes/attributions';
 *
 * const tokens = [[1, 0], [0, 1], [3, 0]];
 * const weights = [[1, 0], [0, 1]];
 * const { score, contributions } = await classActivation({ a: tokens, b: weights, query: { b: 0 } });
 * console.log(score.toFixed(3)); // 1.333
 * console.log([...contributions.values].map((x) => x.toFixed(3))); // [ '0.333', '0.000', '1.000' ]
 * @function
 */
export const classActivation = /* @__PURE__ */ defineAttribution({
  id: 'class-activation',
  title: 'Class activation map',
  summary: 'Splits the score of a class over the tokens that were pooled for it.',
  references: [cite(sources.discriminativeLocalization, 'section 2')],
  options: {},
  needs: ['query'],
  takes: ['bias'],
  asks: ['b'],
  command: 'tammes explain cam tokens.npy weights.npy --class N',
  attribute({ a, b, bias, query }) {
    const { rows: p } = a;
    const own = query.b ?? 0;
    const values = Float64Array.from({ length: p }, (_, i) => rowDot(a, i, b, own) / p);
    const constant = bias?.[own] ?? 0;
    return {
      score: values.reduce((sum, value) => sum + value, constant),
      constant,
      contributions: {
        a: Int32Array.from({ length: p }, (_, i) => i),
        b: new Int32Array(p).fill(own),
        values,
      },
    };
  },
});
