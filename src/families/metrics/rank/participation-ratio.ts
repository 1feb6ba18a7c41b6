import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { measuredSpectrum, type SpectralFunction } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/** (Σλ)²/Σλ². */
const ratio: SpectralFunction = {
  value: (values) => sumOf(values) ** 2 / sumOf(values.map((value) => value * value)),
  slopes(values) {
    const sum = sumOf(values);
    const squares = sumOf(values.map((value) => value * value));
    const whole = (sum * sum) / squares;
    return values.map((value) => 2 * whole * (1 / sum - value / squares));
  },
};

/**
 * Participation ratio: how many directions share the variance of the unit rows.
 *
 *     PR = (Σ_k λ_k)²/Σ_k λ_k²
 *
 * with λ the eigenvalues of the d × d covariance of the unit rows: the number of directions if all had
 * the same variance. Between 1 and min(n − 1, d). IsoScore is (PR − 1)/(d − 1) exactly, of the rows as
 * they came. Estimated from n rows it is too low, by about a share PR/n, and a warning says so above 5 %.
 * The null of uniform points is simulated, or of large sets that of the Marchenko–Pastur law. NaN for one
 * row and for equal rows.
 *
 * @remarks Use it as a robust size of the space: strong directions decide it, weak noise does not.
 * Centred, so it is about how rows differ and not about their mean; `stable-rank` and `effective-rank`
 * are not. Larger is more even; d is the end. A linear number: rows on a curved surface have more than
 * its dimension, for which see `two-nn`. Costs O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { isoscore, participationRatio } from 'tammes/metrics';
 *
 * // Nine pairs ± along one axis of R³ and four along another: (9 + 4)²/(9² + 4²).
 * const points = zeros(26, 3);
 * for (let i = 0; i < 26; i++) points.data[3 * i + (i < 18 ? 0 : 2)] = i % 2 === 0 ? 1 : -1;
 * const { value } = await participationRatio(points);
 * console.log(value.toFixed(4), (169 / 97).toFixed(4)); // 1.7423 1.7423
 * console.log(((value - 1) / 2).toFixed(4), (await isoscore(points)).value.toFixed(4)); // 0.3711 0.3711
 * @function
 */
export const participationRatio = /* @__PURE__ */ defineMetric({
  id: 'participation-ratio',
  group: 'rank',
  range: ({ n, d }) => [1, Math.min(n, d)],
  title: 'Participation ratio',
  summary:
    'How many directions share the variance: the squared sum of variances over their sum of squares.',
  references: [
    cite(
      sources.multineuronalDimensionality,
      'dimensionality as the participation ratio of covariance eigenvalues',
    ),
  ],
  deviations: ['Rows are scaled to unit length first.'],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    const most = Math.max(1, Math.min(n - 1, d));
    const { spectrum: _, ...measured } = await measuredSpectrum(space, 'covariance', ratio, [
      1,
      most,
    ]);
    const bias = measured.value / n;
    if (!(bias > 0.05)) return measured;
    const percent = Math.round(100 * bias);
    const warnings = [
      `with ${counted(n, 'row')} it reads about ${percent} % too low: more rows are needed.`,
    ];
    return { ...measured, warnings };
  },
  underUniform: (model) => spectralNull(model, 'covariance', ratio.value),
});
