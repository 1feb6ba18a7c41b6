import { exp, log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { measuredSpectrum, type SpectralFunction } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/** H = −Σ p ln p, p = λ/Σλ; ∂H/∂λ_k = −(ln p_k + H)/Σλ. */
const entropy: SpectralFunction = {
  value(values) {
    const sum = sumOf(values);
    return -sumOf(values.map((value) => (value > 0 ? (value / sum) * log(value / sum) : 0)));
  },
  slopes(values) {
    const sum = sumOf(values);
    const whole = entropy.value(values);
    return values.map((value) => (value > 0 ? -(log(value / sum) + whole) / sum : 0));
  },
};

/**
 * Entropy rank: exp(−Σ_k p_k ln p_k) with p_k = λ_k the eigenvalues of XᵀX/n, or of the Gram matrix
 * XXᵀ/n, which have sum 1: the exponential of the von Neumann entropy. Between 1 and min(n, d).
 *
 * RankMe (`effective-rank`) takes singular values √λ_k instead and is never less. Also the Vendi score
 * of the rows with cosine as the similarity.
 *
 * @function
 */
export const entropyRank = /* @__PURE__ */ defineMetric({
  id: 'entropy-rank',
  group: 'rank',
  title: 'Entropy rank (von Neumann)',
  summary: 'The exponential of the entropy of the eigenvalues of the Gram matrix of the unit rows.',
  references: [
    cite(
      sources.vendiScore,
      'Definition 3.1: exp of the von Neumann entropy of K/n, here K the cosines',
    ),
  ],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    const {
      spectrum: _,
      value,
      low,
      high,
      ...rest
    } = await measuredSpectrum(space, 'second-moment', entropy, [0, log(Math.min(n, d))]);
    const ends = low === undefined || high === undefined ? {} : { low: exp(low), high: exp(high) };
    return { value: exp(value), ...ends, ...rest };
  },
  underUniform: (model) =>
    spectralNull(model, 'secondMoment', (values) => exp(entropy.value(values))),
});
