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
 * Participation ratio (Σ_k λ_k)² / Σ_k λ_k² of the eigenvalues of the covariance of the unit rows: the
 * number of directions if all had the same variance. Between 1 and min(n − 1, d).
 *
 * IsoScore is (PR − 1)/(d − 1) exactly. Estimated from n rows it is too low, by about a share PR/n.
 *
 * @function
 */
export const participationRatio = /* @__PURE__ */ defineMetric({
  id: 'participation-ratio',
  group: 'rank',
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
