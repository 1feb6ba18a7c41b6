import { gathered } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineComparison } from './define.ts';
import { errorsLeftOut, predicted, projectionOf } from './support/prediction.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import { shuffledRows } from './support/units.ts';
import type { Compared } from './types.ts';

/**
 * The mean R² with which a linear map of A predicts the columns of B, each row left out in turn:
 *
 *     R²_j = 1 − Σᵢ (e_ij/(1 − h_i))² / Σᵢ ((b_ij − b̄_j)/(1 − 1/n))²,   A n × dA, B n × dB
 *
 * with e the residuals of least squares and h the leverages. 1 where A spans B; near 0, or below, where A says
 * nothing. Not symmetric: a wide space predicts a narrow one better than the other way round.
 *
 * @remarks
 * Whether two spaces span the same, whatever their bases: high here and low in `unit-matching` means the same
 * features in another basis. It needs clearly more rows than A has columns.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { linearPrediction } from 'tammes/comparisons';
 *
 * const a = matrix(Float64Array.of(1, 5, 2, 1, 3, 4, 4, 0, 6, 2), 5, 2);
 * // The sums of the rows of a.
 * const b = matrix(Float64Array.of(6, 3, 7, 4, 8), 5, 1);
 * const { value } = await linearPrediction({ a, b });
 * console.log(value.toFixed(2)); // 1.00
 *
 * @function
 */
export const linearPrediction = /* @__PURE__ */ defineComparison({
  id: 'linear-prediction',
  title: 'Linear prediction',
  summary: 'The mean R² with which a linear map of A predicts the columns of B, rows left out.',
  references: [
    cite(
      papers.convergentLearning,
      'Section 4: prediction without a penalty, the spanned subspaces',
    ),
  ],
  deviations: ['R² of rows that are left out, in place of the loss after training a layer.'],
  options: {},
  kind: 'similarity',
  range: [-Infinity, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    const projection = await projectionOf(pair);
    if (!projection) {
      const needed = `the rows of A have as many directions as ${pair.n} rows can: more rows are needed.`;
      return { value: NaN, warnings: [needed] };
    }
    const { b } = pair.centered();
    const { value, standardError } = predicted(await errorsLeftOut(projection, b, pair));
    if (Number.isNaN(value)) return { value, warnings: ['no column of B varies.'] };
    const cost = 2 * pair.n * (projection.basis.cols + 4) * b.cols;
    const draws: number[] = [];
    for await (const order of shuffledRows(pair, 'prediction', pair.n, cost))
      draws.push(predicted(await errorsLeftOut(projection, gathered(b, order), pair)).value);
    return {
      value,
      ...around(value, standardError, -Infinity, 1),
      null: simulatedExpectation(draws, value, 'large', `rows permuted: ${draws.length} draws`),
    } satisfies Compared;
  },
});
