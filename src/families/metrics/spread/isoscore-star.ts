import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { spectralNull } from '../support/spectral-null.ts';
import { isoscoreOf, measuredIsoscore } from './support/isoscore.ts';

/**
 * IsoScore*: IsoScore of the shrunken covariance (1 − ζ) Σ + ζ (tr Σ/d) I, which small samples disturb
 * less. At ζ = 0 it is `isoscore`, at ζ = 1 it is 1.
 *
 * @function
 */
export const isoscoreStar = /* @__PURE__ */ defineMetric({
  id: 'isoscore-star',
  group: 'spread',
  title: 'IsoScore*',
  summary: 'IsoScore of the covariance shrunken towards equal variances.',
  references: [
    cite(sources.stableAnisotropicRegularization, 'Algorithm 1: IsoScore* with shrinkage ζ'),
  ],
  deviations: [
    'The covariance to shrink to is that of equal variances of the same sum: there is no larger sample here.',
  ],
  options: {
    zeta: number(0.1, 'Weight of equal variances.', { min: 0, max: 1, symbol: 'ζ' }),
  },
  measure: (space, { zeta }) => measuredIsoscore(space, zeta),
  underUniform: (model, { zeta }) =>
    spectralNull(model, 'covariance', (values) => isoscoreOf(values, model.d, zeta)),
});
