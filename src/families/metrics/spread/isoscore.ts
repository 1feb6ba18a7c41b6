import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { spectralNull } from '../support/spectral-null.ts';
import { isoscoreOf, measuredIsoscore } from './support/isoscore.ts';

/**
 * IsoScore: how evenly the variance of the rows, as they came, is spread over the d directions.
 *
 *     λ̂ = √d λ/‖λ‖,   δ = ‖λ̂ − 1‖/√(2(d − √d))
 *     φ = (d − δ²(d − √d))²/d²,   ι = (d φ − 1)/(d − 1)
 *
 * with λ the d eigenvalues of the covariance. That is (PR − 1)/(d − 1) with PR = (Σλ)²/Σλ² the
 * participation ratio, which is how it is computed: k directions of equal variance give (k − 1)/(d − 1).
 * 0 where one direction has all of it, 1 where all have the same. Null of uniform points: simulated, or
 * of large sets by the Marchenko–Pastur law. No interval, and a warning, where a few long rows decide: an
 * excess kurtosis above 6 along the main axes. NaN in one dimension and for equal rows.
 *
 * @remarks Use it when you want one number between 0 and 1 for isotropy that a shift or a scale does not
 * change. It looks at the variance only: rows far from the origin with even noise have 1, so read
 * `mean-cosine` beside it. Long rows weigh more, as lengths are kept; `participation-ratio` is the same
 * of the unit rows, as a count. With few rows it reads low: see `isoscore-star`. Costs O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { isoscore } from 'tammes/metrics';
 *
 * // ± three of the five axes, shifted: (3 − 1)/(5 − 1).
 * const points = zeros(6, 5);
 * for (let i = 0; i < 6; i++) points.data[5 * i + (i >> 1)] = i % 2 === 0 ? 2 : -2;
 * for (let e = 0; e < 30; e++) points.data[e] += 7;
 * console.log((await isoscore(points)).value.toFixed(3)); // 0.500
 * @function
 */
export const isoscore = /* @__PURE__ */ defineMetric({
  id: 'isoscore',
  group: 'spread',
  range: [0, 1],
  title: 'IsoScore',
  summary: 'How evenly the variance of the rows as they came is spread over all dimensions.',
  references: [cite(sources.isoscore, 'Algorithm 1')],
  deviations: ['Computed as (PR − 1)/(d − 1), which the algorithm reduces to.'],
  options: {},
  measure: (space) => measuredIsoscore(space, 0),
  underUniform: (model) =>
    spectralNull(model, 'covariance', (values) => isoscoreOf(values, model.d, 0)),
});
