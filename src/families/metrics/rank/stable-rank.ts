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
 * Stable rank: the squared Frobenius norm of the unit rows over their squared spectral norm.
 *
 *     ‖X‖²_F/‖X‖²₂ = Σ_k λ_k/λ₁
 *
 * with X the n × d unit rows, not centred, and λ the eigenvalues of XᵀX/n, largest first: 1 divided by
 * the share of the squared length that lies along the main direction. Between 1 and min(n, d). The null
 * of uniform points is simulated, or of large sets that of the Marchenko–Pastur law.
 *
 * @remarks Use it to see one dominating direction, slanted ones included, which `rogue-dimensions`
 * misses: 2 says that half of the length lies along it. It knows nothing of the other directions, so it
 * can stay the same while these collapse; `entropy-rank` sees them. Larger is more even. Costs
 * O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { stableRank } from 'tammes/metrics';
 *
 * // Nine rows along one axis and four along another: 13/9.
 * const points = zeros(13, 3);
 * for (let i = 0; i < 13; i++) points.data[3 * i + (i < 9 ? 0 : 2)] = 1;
 * console.log((await stableRank(points)).value.toFixed(4), (13 / 9).toFixed(4)); // 1.4444 1.4444
 * @function
 */
export const stableRank = /* @__PURE__ */ defineMetric({
  id: 'stable-rank',
  group: 'rank',
  range: ({ n, d }) => [1, Math.min(n, d)],
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
