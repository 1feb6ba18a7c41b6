import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import { number } from '../../../method/options.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { effectiveDimensionOf } from '../../../structures/spectra/effective-dimension.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import { defineMetric } from '../define.ts';
import { eigenvalueSeries, NO_SPREAD, type SpectralFunction } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/**
 * Effective dimension: the fewest principal components that hold a share of the variance of the unit rows.
 *
 *     k_τ = min { k : λ₁ + … + λ_k ≥ τ·Σ λ }
 *
 * with λ the eigenvalues of the d × d covariance of the unit rows, largest first. Between 1 and min(n − 1, d); with
 * τ = 1 it is the rank of the covariance. The interval is that of the share which k_τ components hold, carried over to
 * the number of components. Of n rows no more than n − 1 can be seen, and a warning says where that cuts. The null of
 * uniform points is simulated, or of large sets that of the Marchenko–Pastur law. NaN for equal rows.
 *
 * @remarks Use it to choose how many components to store: `pca` with as many keeps τ of the variance. What a task needs
 * can be fewer; measure it (`compress`). It counts weak directions as soon as τ is near 1: `participation-ratio` does
 * not, and `significant-directions` tells which of them could be chance. Costs O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { effectiveDimension } from 'tammes/metrics';
 *
 * // Pairs ± along three axes: nine, four and one, so that shares of 9/14, 13/14 and 1 are held.
 * const points = zeros(28, 3);
 * for (let i = 0; i < 28; i++) points.data[3 * i + (i < 18 ? 0 : i < 26 ? 1 : 2)] = i % 2 === 0 ? 1 : -1;
 * const at = async (share: number) => (await effectiveDimension(points, { share })).value;
 * console.log(await at(0.6), await at(0.9), await at(0.95)); // 1 2 3
 * @function
 */
export const effectiveDimension = /* @__PURE__ */ defineMetric({
  id: 'effective-dimension',
  group: 'rank',
  range: ({ n, d }) => [1, Math.max(1, Math.min(n - 1, d))],
  title: 'Effective dimension (components for a share of the variance)',
  summary: 'The fewest principal components that hold a share of the variance of the unit rows.',
  references: [
    cite(
      papers.generalistTextEmbeddingsRecSearch,
      'the τ-effective dimension by the explained variance',
    ),
  ],
  deviations: ['Rows are scaled to unit length first.'],
  options: {
    share: number(0.95, 'Share of the variance to be held.', { min: 0.01, max: 1, symbol: 'τ' }),
  },
  async measure(space, { share }) {
    const { rows: n, cols: d } = space.points;
    const spectrum = await space.spectrum('covariance');
    const { values } = spectrum;
    if (n < 2 || !(values[0] > 0)) return NO_SPREAD;
    const value = effectiveDimensionOf(values, share);
    const most = Math.min(n - 1, d);
    const series = eigenvalueSeries(values);
    const warnings =
      n - 1 < d && 2 * value > n - 1
        ? [`${n} rows have at most ${n - 1} components: more rows are needed.`]
        : [];
    if (n < 3) return { value, series, warnings };
    const held = heldBy(value);
    const of = normalInterval(spectralEstimate(spectrum, n, held.value, held.slopes));
    const { low: least = of.value, high: largest = of.value } = of;
    const at = (wanted: number) =>
      wanted >= 1 ? most : effectiveDimensionOf(values, Math.max(wanted, 0));
    const low = Math.min(value, at(share - (largest - of.value)));
    const high = share === 1 ? value : Math.max(value, at(share + (of.value - least)));
    return { value, low, high, series, warnings };
  },
  underUniform: (model, { share }) =>
    spectralNull(model, 'covariance', (values) => effectiveDimensionOf(values, share)),
});

/** The share of the variance that the first k components hold. */
function heldBy(k: number): SpectralFunction {
  const value = (values: Float64Array) => sumOf(values.subarray(0, k)) / sumOf(values);
  return {
    value,
    slopes(values) {
      const [held, sum] = [value(values), sumOf(values)];
      return values.map((_, i) => ((i < k ? 1 : 0) - held) / sum);
    },
  };
}
