import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { spectralNull } from '../support/spectral-null.ts';
import { isoscoreOf, measuredIsoscore } from './support/isoscore.ts';

/**
 * IsoScore*: IsoScore of a covariance that is shrunken towards equal variances.
 *
 *     Σ_ζ = (1 − ζ) Σ + ζ (tr Σ/d) I
 *     ι* = ((tr Σ_ζ)²/tr Σ_ζ² − 1)/(d − 1)
 *
 * with Σ the d × d covariance of the rows as they came and ζ the weight of equal variances. At ζ = 0 it
 * is `isoscore`, at ζ = 1 it is 1, and it grows with ζ. The null is that of uniform points at the same ζ:
 * simulated, or of large sets by the Marchenko–Pastur law. NaN in one dimension and for equal rows.
 *
 * @remarks Use it in place of `isoscore` when rows are few beside d: the shrinkage damps what chance does
 * to the spectrum. It also lifts every value, so compare only values at one ζ, best with the null. From
 * 0, one direction, to 1, all alike. The paper shrinks towards a larger sample of the same model and
 * trains with it; here there is none. Costs O(n d min(n, d)).
 * @example
 * import { matrix } from 'tammes';
 * import { isoscore, isoscoreStar } from 'tammes/metrics';
 *
 * // Variances 3/2 and 1/2; shrunken by a half they are 5/4 and 3/4.
 * const a = Math.sqrt(3);
 * const points = matrix(Float32Array.of(a, 0, -a, 0, 0, 1, 0, -1), 4, 2);
 * console.log((await isoscore(points)).value.toFixed(3)); // 0.600
 * console.log((await isoscoreStar(points, { zeta: 0.5 })).value.toFixed(3)); // 0.882
 * console.log((16 / (2.5 ** 2 + 1.5 ** 2) - 1).toFixed(3)); // 0.882
 * @function
 */
export const isoscoreStar = /* @__PURE__ */ defineMetric({
  id: 'isoscore-star',
  group: 'spread',
  range: [0, 1],
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
