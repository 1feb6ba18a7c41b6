import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { measuredSpectrum, type SpectralFunction } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/** Σλ/λ₁. */
const stable: SpectralFunction = {
  value: (values) => sumOf(values) / values[0],
  slopes(values) {
    const sum = sumOf(values);
    return values.map((_, k) => (k === 0 ? (1 - sum / values[0]) / values[0] : 1 / values[0]));
  },
};

/**
 * Stable rank ‖X‖²_F / ‖X‖²₂ = Σ_k λ_k / λ₁ of the unit rows, not centred: 1 divided by the share of
 * the squared length that lies along the main direction. Between 1 and min(n, d).
 *
 * @function
 */
export const stableRank = /* @__PURE__ */ defineMetric({
  id: 'stable-rank',
  group: 'rank',
  title: 'Stable rank',
  summary: 'The squared Frobenius norm of the unit rows over their squared spectral norm.',
  references: [cite(sources.samplingFromLargeMatrices, 'numerical rank ‖A‖²_F/‖A‖²₂')],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    const bounds = [1, Math.min(n, d)] as const;
    const { spectrum: _, ...measured } = await measuredSpectrum(
      space,
      'second-moment',
      stable,
      bounds,
    );
    return measured;
  },
  underUniform: (model) => spectralNull(model, 'secondMoment', stable.value),
});
