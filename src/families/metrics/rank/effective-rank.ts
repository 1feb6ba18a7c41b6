import { exp, log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { uniformEffectiveRank } from '../../../numerics/laws/marchenko-pastur.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import { createSpace } from '../../../structures/space/space.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import { defineMetric } from '../define.ts';

/** Small sets are simulated: the limit law is off by up to 7 % (2 × 2), 0.7 % at 64 × 64. */
const SIMULATED_WORK = 2e6;
const DRAWS = 200;

/**
 * Effective rank of RankMe: the exponential of the entropy of the normalised singular values.
 *
 *     exp(−Σ_k p_k ln p_k),   p_k = σ_k/Σ_l σ_l
 *
 * with σ the min(n, d) singular values of the n × d unit rows, not centred. Between 1 (one direction) and
 * min(n, d). Under uniform points a little below min(n, d): simulated for small sets, by the
 * Marchenko–Pastur law with the exact second moment for large ones. Singular values that rounding cannot
 * tell from 0 count as 0.
 *
 * @remarks Use it to compare checkpoints or models without labels, as RankMe does: larger has gone with
 * better transfer in that paper, though not always. It is not centred, so a common direction lowers it;
 * it weighs small directions more than `entropy-rank` and far more than `participation-ratio`, and noise
 * in all columns lifts it most. Compare at one d and at one n, for n limits it too. Costs
 * O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { effectiveRank } from 'tammes/metrics';
 *
 * // Nine rows along one axis and four along another: singular values 3 and 2.
 * const points = zeros(13, 3);
 * for (let i = 0; i < 13; i++) points.data[3 * i + (i < 9 ? 0 : 2)] = 1;
 * const { value } = await effectiveRank(points);
 * const [p, q] = [3 / 5, 2 / 5];
 * console.log(value.toFixed(4), Math.exp(-p * Math.log(p) - q * Math.log(q)).toFixed(4)); // 1.9601 1.9601
 * @function
 */
export const effectiveRank = /* @__PURE__ */ defineMetric({
  id: 'effective-rank',
  group: 'rank',
  range: ({ n, d }) => [1, Math.min(n, d)],
  title: 'Effective rank (RankMe)',
  summary: 'The exponential of the entropy of the normalised singular values of the unit rows.',
  references: [
    cite(papers.rankme, 'the definition of RankMe, a smooth rank; no centring'),
    cite(
      sources.eigenvaluesOfRandomMatrices,
      'limit law of the spectrum, for the value under uniform points',
    ),
  ],
  deviations: [
    'Rows are scaled to unit length first.',
    '0 ln 0 = 0 replaces the ε = 1e-7 added to each p_k.',
    'Singular values that the rounding of XᵀX cannot tell from 0 count as 0.',
  ],
  options: {},
  async measure(space) {
    const value = entropyRank(await space.singularValues());
    const n = space.points.rows;
    if (n < 3) return { value };
    const spectrum = await space.spectrum('second-moment');
    const { low, high } = normalInterval(spectralEstimate(spectrum, n, entropy, entropySlopes));
    const most = Math.min(n, space.points.cols);
    return { value, low: Math.max(1, exp(low)), high: Math.min(most, exp(high)) };
  },
  async underUniform(model) {
    const { n, d, engine } = model;
    const rank = Math.min(n, d);
    if (rank === 1) return { value: 1, how: 'exact' };
    if (n * d * rank + 4 * rank ** 3 > SIMULATED_WORK) {
      const value = uniformEffectiveRank(n, d);
      return { value, how: 'asymptotic: Marchenko–Pastur law with the exact second moment' };
    }
    const values: number[] = [];
    for (let r = 0; r < DRAWS; r++) {
      values.push(entropyRank(await createSpace(model.draw(r), engine).singularValues()));
    }
    const { mean, low, high } = simulatedInterval(values, n, n);
    return { value: mean, low, high, how: `simulated, ${DRAWS} draws of ${n} points; mean` };
  },
});

const roots = (values: Float64Array) => values.map(Math.sqrt);
const entropy = (values: Float64Array) => log(entropyRank(roots(values)));

/** ∂H/∂λ_k = −(ln p_k + H)/(2 σ_k Σσ) for the entropy H of p_k = σ_k / Σσ, σ_k = √λ_k. */
function entropySlopes(values: Float64Array): Float64Array {
  const sigmas = roots(values);
  const total = entropy(values);
  let sum = 0;
  for (const sigma of sigmas) sum += sigma;
  return sigmas.map((sigma) => (sigma > 0 ? -(log(sigma / sum) + total) / (2 * sigma * sum) : 0));
}

/** exp of the entropy of values ≥ 0 scaled to sum 1; not all of them 0. */
function entropyRank(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  let entropy = 0;
  for (const value of values) {
    const p = value / sum;
    if (p > 0) entropy -= p * log(p);
  }
  return exp(entropy);
}
