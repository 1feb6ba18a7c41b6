import { InputError } from '../../core/errors.ts';
import { exp } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number } from '../../method/options.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { defineAttribution } from './define.ts';
import { logisticWeights, ridgeWeights } from './support/linear-models.ts';
import { scoresOf } from './support/residuals.ts';

/**
 * The training rows that make a linear layer predict what it does:
 *
 *     ⟨θ, x⟩ = Σᵢ αᵢ·⟨aᵢ, x⟩,  αᵢ = −ℓ′(yᵢ, ⟨θ, aᵢ⟩)/(nλ)
 *
 * with A n × d the training rows, y their targets, θ of least (1/n) Σ ℓ(yᵢ, ⟨θ, aᵢ⟩) + λ/2·‖θ‖², fitted unless it is given,
 * and x the row of B that `query` names. Squared loss: αᵢ is the residual over nλ. Logistic loss: y = ±1, and αᵢ is
 * yᵢ·σ(−yᵢ⟨θ, aᵢ⟩)/(nλ).
 *
 * For a recommender: A the vectors of the items that a user rated, y the ratings, λ the ridge over n; x another item. That is
 * the user's own history, with the items held where they are.
 *
 * @remarks The last layer of any network on frozen features, a probe, a classifier on embeddings. The identity needs a
 * stationary point, which the fit here is; given weights that were trained otherwise, the gap says how far they are from one.
 * A column of ones is the way to an intercept. Row i is far "for" where it is like x and was hard to fit: rows that the model
 * fits well count little, however like x they are. O(n·d²) to fit, O(n·d) a query.
 * @example
 * import { lastLayer } from 'tammes/attributions';
 *
 * const a = [[1, 0], [0, 1], [1, 1]];
 * const asked = { a, targets: [1, -1, 1], b: [[2, 0]], query: { b: 0 } };
 * const { score, contributions } = await lastLayer(asked, { ridge: 0.1 });
 * console.log(score.toFixed(3)); // 2.145
 * console.log([...contributions.values].map((x) => x.toFixed(3))); // [ '-0.482', '0.000', '2.626' ]
 * @function
 */
export const lastLayer = /* @__PURE__ */ defineAttribution({
  id: 'last-layer',
  title: 'Representer points of the last layer',
  summary: 'Splits a prediction of a linear layer over the rows that it was trained on.',
  references: [
    cite(sources.representerPointSelection, 'Theorem 3.1'),
    cite(
      papers.representerPointSelectionHighDimensional,
      'the rival of its representers: the user’s own rows',
    ),
  ],
  deviations: [
    'One score at a time: a class against the others, where the paper has a softmax over all.',
    'The penalty is λ/2·‖θ‖² and the weights are αᵢ = −ℓ′/(nλ); the paper’s λ is half of it.',
  ],
  options: {
    loss: choice(
      ['squared', 'logistic'],
      'squared',
      'What training made small: squared errors, or logistic loss of classes ±1.',
    ),
    ridge: number(0.01, 'Penalty on the squared length of the weights.', {
      min: 1e-12,
      symbol: 'λ',
    }),
  },
  needs: ['targets', 'query'],
  takes: ['weights'],
  asks: ['b'],
  command: 'tammes explain why vectors.csv --classes COLUMN --row N',
  async attribute({ a, b, given, targets, weights, query }, { loss, ridge }, { engine, run }) {
    const y = targets as Float64Array;
    const odd = loss === 'logistic' ? y.findIndex((own) => Math.abs(own) !== 1) : -1;
    if (odd >= 0)
      throw new InputError(
        'last-layer',
        `target ${odd} is ${y[odd]}; logistic loss expects 1 and −1.`,
      );
    const train = loss === 'squared' ? ridgeWeights : logisticWeights;
    const theta = weights ?? (await train({ a, given, y, ridge, engine, run }));
    const { rows: n, cols: d } = a;
    const row = query.b ?? 0;
    const scores = scoresOf(a, theta);
    const pull =
      loss === 'squared'
        ? (i: number) => y[i] - scores[i]
        : (i: number) => y[i] / (1 + exp(y[i] * scores[i]));
    return {
      score: rowDot({ data: theta, rows: 1, cols: d }, 0, b, row),
      contributions: {
        a: Int32Array.from({ length: n }, (_, i) => i),
        b: new Int32Array(n).fill(row),
        values: scores.map((_, i) => (pull(i) / (n * ridge)) * rowDot(a, i, b, row)),
      },
    };
  },
});
