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
 * Entropy rank: the exponential of the von Neumann entropy of the rows' cosines.
 *
 *     exp(−Σ_k p_k ln p_k),   p_k = λ_k(XᵀX/n)
 *
 * with X the n × d unit rows and p_k the eigenvalues of XᵀX/n, or of the Gram matrix XXᵀ/n, which have
 * the sum 1. Between 1 and min(n, d). RankMe (`effective-rank`) takes singular values √λ_k instead and is
 * never less. Also the Vendi score of the rows with cosine as the similarity. The null of uniform points
 * is simulated, or of large sets that of the Marchenko–Pastur law.
 *
 * @remarks Use it as the number of distinct directions, or as the diversity of a set (Vendi): n
 * orthogonal rows have n, copies of one row have 1. It does not mind weak noise as much as
 * `effective-rank` and sees small directions better than `stable-rank`. Not centred: a common direction
 * lowers it. Compare at one n, or with the null. Costs O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { effectiveRank, entropyRank } from 'tammes/metrics';
 *
 * // Nine rows along one axis and four along another: p = 9/13 and 4/13.
 * const points = zeros(13, 3);
 * for (let i = 0; i < 13; i++) points.data[3 * i + (i < 9 ? 0 : 2)] = 1;
 * const [p, q] = [9 / 13, 4 / 13];
 * const { value } = await entropyRank(points);
 * console.log(value.toFixed(4), Math.exp(-p * Math.log(p) - q * Math.log(q)).toFixed(4)); // 1.8538 1.8538
 * console.log(value <= (await effectiveRank(points)).value); // true
 * @function
 */
export const entropyRank = /* @__PURE__ */ defineMetric({
  id: 'entropy-rank',
  group: 'rank',
  range: ({ n, d }) => [1, Math.min(n, d)],
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
