import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { defineMetric } from '../define.ts';
import { spectralNull } from '../support/spectral-null.ts';
import { isoscoreOf, measuredIsoscore } from './support/isoscore.ts';

/**
 * IsoScore: how evenly the variance of the rows, as they came, is spread over the d directions: 0 where
 * one direction has all of it, 1 where all have the same.
 *
 * With λ the eigenvalues of the covariance, λ̂ = √d λ/‖λ‖ and δ = ‖λ̂ − 1‖/√(2(d − √d)):
 * ι = (d φ − 1)/(d − 1), φ = (d − δ²(d − √d))²/d². That is (PR − 1)/(d − 1) with PR = (Σλ)²/Σλ² the
 * participation ratio: k directions of equal variance give (k − 1)/(d − 1).
 *
 * @function
 */
export const isoscore = /* @__PURE__ */ defineMetric({
  id: 'isoscore',
  group: 'spread',
  title: 'IsoScore',
  summary: 'How evenly the variance of the rows as they came is spread over all dimensions.',
  references: [cite(sources.isoscore, 'Algorithm 1')],
  deviations: ['Computed as (PR − 1)/(d − 1), which the algorithm reduces to.'],
  options: {},
  measure: (space) => measuredIsoscore(space, 0),
  underUniform: (model) =>
    spectralNull(model, 'covariance', (values) => isoscoreOf(values, model.d, 0)),
});
