import { alike, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineAlignment } from './define.ts';
import { ridgeRegression } from './support/ridge.ts';

/**
 * Least squares with a ridge: the affine map that brings the rows of A nearest to their partners in B.
 *
 *     y = (x − μ_A)·W + μ_B,   W = argmin ‖A₀W − B₀‖²_F + λ‖W‖²_F = (A₀ᵀA₀ + λI)⁻¹A₀ᵀB₀
 *
 * with A₀, B₀ the p × d and p × e paired rows less their means. λ is a share of the mean eigenvalue of A₀ᵀA₀; where
 * `ridge` is 0, the one that errs least on pairs that are left out one by one (in closed form, over at most 2,000 of them).
 * O(pd² + d³ + pde) time.
 *
 * @remarks Use it where there are several times as many pairs as dimensions: it corrects stretched and sheared axes, which
 * `procrustes` cannot. Its images lie nearer to the mean than the rows of B, the more so the less A says about B; where
 * that costs recall, take `cca-subspace`.
 * @example
 * import { matrix } from 'tammes';
 * import { affine } from 'tammes/alignment';
 *
 * // The second column of A counts twice in B.
 * const a = matrix(new Float64Array([0, 0, 1, 0, 0, 1, 1, 1, 2, 1, 1, 2]), 6, 2);
 * const b = matrix(new Float64Array([0, 0, 1, 0, 0, 2, 1, 2, 2, 2, 1, 4]), 6, 2);
 * const { model } = await affine({ a, b });
 * const { data } = await affine.transform(model, a);
 * console.log(Math.max(...data.map((y, e) => Math.abs(y - b.data[e]))) < 1e-6); // true
 * @function
 */
export const affine = /* @__PURE__ */ defineAlignment({
  id: 'affine',
  title: 'Affine map',
  summary: 'Least squares with a ridge that pairs left out decide.',
  references: [
    cite(sources.ridgeRegression, 'the ridge'),
    cite(sources.predictionSumOfSquares, 'errors of rows left out, in closed form'),
  ],
  fewestPairs: 3,
  into: 'b',
  options: {
    ridge: number(
      0,
      'Penalty as a share of the mean variance along the axes of A; 0: the one that errs least on pairs left out.',
      { min: 0, max: 1e6, symbol: 'λ' },
    ),
  },
  async fit({ paired: { a, b } }, { ridge: given }, context) {
    const { ridge, weights, axes, leftOut } = await ridgeRegression(a, b, given, context);
    return {
      settings: { ridge },
      arrays: {
        from: matrix(axes.mean, 1, a.cols),
        to: matrix(meanRow(b), 1, b.cols),
        weights,
      },
      facts: { ridge, leftOut },
    };
  },
  move: ({ arrays: { from, to, weights } }, rows, _, { engine, work }) =>
    engine.matmul(
      lessRow(rows, from.data),
      alike(weights, rows),
      { bias: alike(to, rows).data },
      work,
    ),
});
