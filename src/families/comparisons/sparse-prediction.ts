import { gathered } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { predicted, sparseErrors } from './support/prediction.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import { shuffledRows } from './support/units.ts';
import type { Compared } from './types.ts';

const FEWEST_ROWS = 8;

/**
 * The mean R² with which each column of B is predicted from at most k columns of A:
 *
 *     min_β ½‖b_j − Aβ‖² + λ‖β‖₁,   λ the least with at most k columns in use,   A n × dA, B n × dB
 *
 * The lasso chooses the columns on one half of the rows, least squares weighs them there, and R² is that on the
 * other half; both ways. k = 1 is one to one, a few is few to few, and `linear-prediction` is all. Not
 * symmetric: A predicts B.
 *
 * @remarks
 * The number of columns after which R² stops to rise says how many units of one net make up a unit of the other.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { sparsePrediction } from 'tammes/comparisons';
 *
 * const values = Float64Array.from({ length: 120 }, (_, i) => Math.cos(i * i + (i % 3)));
 * const a = matrix(values, 40, 3);
 * const b = matrix(Float64Array.from({ length: 40 }, (_, i) => values[3 * i] - values[3 * i + 1]), 40, 1);
 * const two = await sparsePrediction({ a, b }, { units: 2 });
 * console.log(two.value.toFixed(2)); // 1.00
 *
 * @function
 */
export const sparsePrediction = /* @__PURE__ */ defineComparison({
  id: 'sparse-prediction',
  title: 'Sparse prediction',
  summary: 'The mean R² with which a few columns of A predict each column of B, on other rows.',
  references: [
    cite(papers.convergentLearning, 'Section 4: mapping units by a layer with an L1 penalty'),
  ],
  deviations: [
    'The penalty is the one at which the wanted number of columns is in use; the chosen columns are weighed anew without it.',
  ],
  options: {
    units: integer(5, 'Columns of A that may predict a column of B.', { min: 1 }),
  },
  kind: 'similarity',
  range: [-Infinity, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { units }) {
    const n = pair.n;
    if (n < FEWEST_ROWS) {
      return { value: NaN, warnings: [`needs ${FEWEST_ROWS} rows; got ${n}.`] };
    }
    // A half needs more rows than columns in use.
    const most = Math.min(units, Math.floor(n / 2) - 2);
    const order = pair.random('halves').sample(n);
    const halves = { first: order.slice(0, n >> 1), second: order.slice(n >> 1) };
    const input = { a: pair.a, b: pair.b };
    const { value, standardError } = predicted(await sparseErrors(input, halves, most, pair));
    if (Number.isNaN(value)) return { value, warnings: ['no column of B varies.'] };
    const [dA, dB] = [pair.a.cols, pair.b.cols];
    const cost = n * (dA + dB) ** 2 + dA * dB * most ** 2;
    const draws: number[] = [];
    for await (const shuffled of shuffledRows(pair, 'sparse', n, cost)) {
      const unrelated = { a: pair.a, b: gathered(pair.b, shuffled) };
      draws.push(predicted(await sparseErrors(unrelated, halves, most, pair)).value);
    }
    return {
      value,
      ...around(value, standardError, -Infinity, 1),
      null: simulatedExpectation(draws, value, 'large', `rows permuted: ${draws.length} draws`),
      warnings:
        most < units ? [`${n} rows allow ${most} columns, not ${units}, to predict one.`] : [],
    } satisfies Compared;
  },
});
