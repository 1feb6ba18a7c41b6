import { type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineDirections } from './define.ts';
import { penaltyOf, ridgeWeights, smallerGram } from './support/ridge.ts';

/**
 * The rank axis: the weights of a ridge regression of the scores,
 *
 *     w = argmin ‖X₀w − y₀‖² + α‖w‖² = (X₀ᵀX₀ + αI)⁻¹X₀ᵀy₀
 *
 * with X₀ n × d and y₀ n less their means. α is chosen by generalized cross-validation, (1/n)‖y − ŷ‖²/(1 − tr H/n)² is least,
 * along one eigendecomposition of the smaller of X₀ᵀX₀ and X₀X₀ᵀ, unless a penalty is given: α = penalty·n·(mean variance of a
 * column).
 *
 * @remarks Use it where there are numbers to order rows by: a price, an age, a rating. Only the order along the axis counts, so
 * that scores may be ranks. Without scores but with rows at both ends: `extremes`.
 * @example
 * import { matrix } from 'tammes';
 * import { ridge } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 1, 1, 0, 2, 1, 3, 0, 4, 1]), 5, 2);
 * const { directions } = await ridge({ points, scores: [1, 2, 3, 4, 5], name: 'price' });
 * console.log(directions.names, directions.basis.data[0] > 0.999); // [ 'price' ] true
 * @function
 */
export const ridge = /* @__PURE__ */ defineDirections({
  id: 'ridge',
  title: 'Rank axis by ridge regression',
  summary: 'The direction along which a linear model of the scores rises.',
  references: [
    cite(papers.onTheRankabilityOfVisualEmbeddings, 'section 3.1: the rank axis'),
    cite(sources.ridgeRegression, 'equation 2.1'),
    cite(sources.generalizedCrossValidation, 'equation 1.4'),
  ],
  needs: ['scores'],
  options: {
    penalty: number(
      -1,
      'Over n times the mean variance of a column; −1: by generalized cross-validation.',
      {
        min: -1,
        symbol: 'α',
      },
    ),
  },
  deviations: [
    'The penalty is chosen by generalized cross-validation on the rows given; the paper tunes it on a validation set.',
  ],
  async fit({ points, scores = new Float64Array(), name }, { penalty: given }, context) {
    const origin = meanRow(points);
    const mean = scores.reduce((sum, y) => sum + y, 0) / scores.length;
    const x: Matrix = lessRow(points, origin);
    const y = scores.map((score) => score - mean);
    const gram = await smallerGram(x, context);
    const asked = context.chosen?.['penalty'] ?? (given < 0 ? undefined : given);
    const penalty = asked ?? (await penaltyOf(x, y, context, gram));
    const weights = await ridgeWeights(x, y, penalty, context, gram);
    return {
      basis: matrix(weights, 1, points.cols),
      names: [name ?? 'score'],
      origin,
      chosen: { penalty },
    };
  },
});
