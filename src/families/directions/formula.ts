import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { formulaTerms } from '../../numerics/text/formula.ts';
import { defineDirections } from './define.ts';

/**
 * A sum of words, such as `woman - man` or `2 * (paris - france) + italy`, as a direction for each formula:
 *
 *     w = Σ_t α_t (x_t − μ)
 *
 * over the terms of the formula, each α times the row x (d numbers) whose label is the word; μ is the mean of all rows. Weights
 * that sum to 0 leave μ out.
 *
 * @remarks Use it for a concept that words name. Differences are directions by themselves; any other sum is a place, and the
 * direction goes to it from the mean row. One pair of words is one observation: `pairs` takes many.
 * @example
 * import { matrix } from 'tammes';
 * import { formula } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([1, 0, 1, 4, 3, 0]), 3, 2);
 * const input = { points, labels: ['man', 'woman', 'boy'], formulas: ['woman - man'] };
 * console.log((await formula(input)).directions.basis.data); // Float64Array(2) [ 0, 1 ]
 * @function
 */
export const formula = /* @__PURE__ */ defineDirections({
  id: 'formula',
  title: 'Formula of words',
  summary: 'The direction that a sum of labels names: woman − man.',
  references: [cite(sources.linguisticRegularities, 'section 4: the vector offset')],
  needs: ['formulas'],
  options: {},
  fit({ points, formulas = [], labels = [] }) {
    const mean = meanRow(points);
    const basis = zeros64(formulas.length, points.cols);
    for (const [k, text] of formulas.entries()) {
      for (const { word, weight } of formulaTerms(text))
        addTerm(basis, k, weight, { points, row: rowOf(word, labels, text), mean });
    }
    return { basis, names: formulas, origin: mean };
  },
});

function rowOf(word: string, labels: readonly string[], text: string): number {
  const row = labels.indexOf(word);
  if (row < 0)
    throw new InputError(
      'formula',
      `no row has the label ${JSON.stringify(word)}, which is in ${JSON.stringify(text)}.`,
    );
  if (labels.indexOf(word, row + 1) < 0) return row;
  throw new InputError('formula', `several rows have the label ${JSON.stringify(word)}.`);
}

interface Term {
  readonly points: Matrix;
  readonly row: number;
  readonly mean: Float64Array;
}

/** Row k of the target, more by α(x − μ). */
function addTerm(target: Matrix<Float64Array>, k: number, weight: number, term: Term): void {
  const { points, row, mean } = term;
  const d = points.cols;
  for (let c = 0; c < d; c++)
    target.data[k * d + c] += weight * (points.data[row * d + c] - mean[c]);
}
