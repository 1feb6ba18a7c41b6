import { exp, log } from '../../../core/numeric.ts';
import { counted, grouped } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { boolean, number } from '../../../method/options.ts';
import { uniformEffectiveRank } from '../../../numerics/laws/marchenko-pastur.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import { eigenvaluesOf, simulatedEigenvalues } from '../../../structures/spectra/group-spectra.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import {
  RANKME_EPSILON,
  smoothEntropy,
  smoothEntropySlopes,
  smoothRank,
} from '../../../structures/spectra/smooth-rank.ts';
import type { UniformModel } from '../../../structures/uniform/uniform-model.ts';
import { defineMetric } from '../define.ts';
import { eigenvalueSeries, NO_SPREAD } from '../support/spectral-metric.ts';

/** Up to so much work 200 sets are simulated, beyond it four, where no law is near enough. */
const SIMULATED_WORK = 2e6;
const DRAWS = 200;
const FEW_DRAWS = 4;
/** Rows of equal lengths that are worth those of different lengths, in dimensions, from which the law holds. */
const MANY = 4;

/**
 * RankMe of the rows as they came: how many directions they fill, weighed smoothly.
 *
 *     RankMe(Z) = exp(−Σ_k p_k ln p_k),  p_k = σ_k / Σ_l σ_l + ε
 *     Z: n × d, not scaled and not centred;  σ: its min(n, d) singular values;  ε = 1e-7
 *
 * 1 where all rows lie along one line, min(n, d) where all singular values are equal. It ignores the scale of
 * the whole, not that of single rows: long rows count more. `effective-rank` is the same number of the rows
 * scaled to unit length, without ε. Beside it stands the value of random directions with the same lengths.
 *
 * @remarks
 * Compare training runs of one method without labels (`tammes rank`): a run with a low value has lost directions.
 * The highest need not be the best: runs stopped early, or with little weight on what views share, keep the rank
 * of noise, and did so in the study of this number. Scale does not count either: look at the spread as well.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { rankme } from 'tammes/metrics';
 *
 * // Two directions with the singular values 3 and 1: p = 3/4 and 1/4.
 * const { value } = await rankme(matrix(new Float64Array([3, 0, 0, 1]), 2, 2));
 * console.log(value.toFixed(3)); // 1.755
 *
 * @function
 */
export const rankme = /* @__PURE__ */ defineMetric({
  id: 'rankme',
  group: 'rank',
  range: ({ n, d }, { epsilon }) => [0, largest(Math.min(n, d), epsilon)],
  title: 'RankMe of the rows as they came',
  summary:
    'The exponential of the entropy of the normalised singular values of the rows, not scaled.',
  references: [
    cite(papers.rankme, 'Eq. (1): RankMe, with ε'),
    cite(
      sources.eigenvaluesOfRandomMatrices,
      'limit law of the spectrum, for the value under random directions',
    ),
  ],
  deviations: ['Singular values that the rounding of ZᵀZ cannot tell from 0 count as 0.'],
  options: {
    epsilon: number(RANKME_EPSILON, 'Added to each share.', { min: 0, max: 0.01, symbol: 'ε' }),
    center: boolean(false, 'Take the mean row off first.'),
  },
  async measure(space, { epsilon, center }) {
    const { rows: n, cols: d } = space.raw;
    const spectrum = await space.spectrum(center ? 'raw-covariance' : 'raw-second-moment');
    const { values } = spectrum;
    if (!(values[0] > 0)) return NO_SPREAD;
    const series = eigenvalueSeries(values);
    const warnings =
      n < d ? [`${counted(n, 'row')} can show no more than ${n} of ${grouped(d)} directions.`] : [];
    if (n < 3) return { value: smoothRank(values, epsilon), series, warnings };
    const { value, low, high } = normalInterval(
      spectralEstimate(
        spectrum,
        n,
        (eigenvalues) => smoothEntropy(eigenvalues, epsilon),
        (eigenvalues) => smoothEntropySlopes(eigenvalues, epsilon),
      ),
    );
    return {
      value: exp(value),
      low: Math.max(1, exp(low)),
      high: exp(high),
      series,
      warnings,
    };
  },
  underUniform: (model, { epsilon, center }) => randomDirections(model, epsilon, center),
});

/** Of equal shares, to which ε is added: no others have more. */
function largest(rank: number, epsilon: number): number {
  const share = 1 / rank + epsilon;
  return exp(-rank * share * log(share));
}

/** RankMe of random directions with the rows' own lengths. */
async function randomDirections(
  model: UniformModel,
  epsilon: number,
  center: boolean,
): Promise<NullValue> {
  const { n, d, engine } = model;
  const lengths = model.lengths ?? new Float64Array(n).fill(1);
  const rank = Math.min(n, d);
  if (rank === 1 && !center) return { value: 1, how: 'exact' };
  const large = n * d * rank + 4 * rank ** 3 > SIMULATED_WORK;
  const worth = equalRows(lengths);
  if (large && (worth >= MANY * d || worth > 0.999 * n)) {
    const how =
      'asymptotic: Marchenko–Pastur law with the exact second moment; random directions, same lengths';
    return { value: uniformEffectiveRank(worth, d), how };
  }
  const draws = large ? FEW_DRAWS : DRAWS;
  const values: number[] = [];
  for (let r = 0; r < draws; r++) {
    const points = model.draw(r);
    for (let e = 0; e < points.data.length; e++) points.data[e] *= lengths[Math.floor(e / d)];
    // Many small sets are told apart by more digits than few large ones, whose mean varies by 1e-4.
    const eigenvalues = large ? simulatedEigenvalues : eigenvaluesOf;
    values.push(smoothRank(await eigenvalues(points, center, engine), epsilon));
    await model.turn();
  }
  const { mean, low, high } = simulatedInterval(values, n, n);
  const how = `simulated, ${draws} draws of ${n} random directions with the rows’ lengths; mean`;
  return { value: mean, low, high, how };
}

/** (Σℓ²)²/Σℓ⁴: so many rows of one length have as even a spectrum, in its second moment. */
function equalRows(lengths: Float64Array): number {
  let [squares, fourths] = [0, 0];
  // Relative to the longest: fourth powers of raw lengths may overflow.
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  for (const length of lengths) {
    const square = (length / longest) ** 2;
    squares += square;
    fourths += square * square;
  }
  return squares ** 2 / fourths;
}
