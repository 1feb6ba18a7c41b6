import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { eigenvalueErrors, eigenvalueSeries, NO_SPREAD } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/**
 * Dimensional collapse: how many directions of the covariance of the unit rows have next to no variance.
 *
 *     #{ k ≤ r : λ_k < share · 1/r Σ_l λ_l },   r = min(n − 1, d)
 *
 * with λ the eigenvalues of the d × d covariance, largest first, and `share` of their mean the threshold.
 * With n ≤ d the rows cannot span all directions; those they cannot are not counted, and a warning says
 * how many they are. The interval counts again with each eigenvalue 1.96 of its standard errors up and
 * down. The null of uniform points, most often 0, is simulated, or of large sets that of the
 * Marchenko–Pastur law. NaN for fewer than 3 rows and for equal rows.
 *
 * @remarks Use it to see whether a projection head or contrastive training has thrown directions away: 0
 * is good, d less this number is the dimension that is left. It is a count at a threshold, so look at
 * `series`, the spectrum, where it falls without a gap; `effective-rank` needs no threshold. Count on it
 * only with a few times more rows than columns. Costs O(n d min(n, d)).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { collapsedDirections } from 'tammes/metrics';
 *
 * // Three of ten columns have a hundredth of the others' size.
 * const random = Random.fromSeed(1);
 * const data = Float32Array.from({ length: 2000 }, (_, e) => random.normal() * (e % 10 < 7 ? 1 : 0.01));
 * const { value, low, high, null: expected } = await collapsedDirections(matrix(data, 200, 10));
 * console.log(value, low, high, expected?.value); // 3 3 3 0
 * @function
 */
export const collapsedDirections = /* @__PURE__ */ defineMetric({
  id: 'collapsed-directions',
  group: 'rank',
  range: ({ d }) => [0, d],
  title: 'Collapsed directions',
  summary: 'How many directions of the covariance have next to no variance.',
  references: [
    cite(
      sources.dimensionalCollapse,
      'Section 3: collapse as vanishing eigenvalues of the covariance',
    ),
  ],
  deviations: ['Vanishing means below a stated share of the mean eigenvalue.'],
  options: {
    share: number(0.01, 'Of the mean variance, below which a direction counts.', {
      min: 0,
      max: 1,
    }),
  },
  async measure(space, { share }) {
    const { rows: n, cols: d } = space.points;
    if (n < 3) return NO_SPREAD;
    const spectrum = await space.spectrum('covariance');
    const { values } = spectrum;
    if (!(values[0] > 0)) return NO_SPREAD;
    const errors = eigenvalueErrors(spectrum, n);
    const spanned = Math.min(n - 1, d);
    const below = (sign: number) =>
      collapsed(values, spanned, share, (k) => 1 - sign * Z95 * errors[k]);
    const warnings =
      n > d
        ? []
        : [
            `${counted(n, 'row spans', 'rows span')} no more than ${spanned} of the ${d} directions; the others are not counted.`,
          ];
    const series = eigenvalueSeries(values);
    return { value: below(0), low: below(-1), high: below(1), warnings, series };
  },
  underUniform({ n, d, ...model }, { share }) {
    if (n < 3) return undefined;
    const spanned = Math.min(n - 1, d);
    const count = (values: Float64Array) => collapsed(values, spanned, share, () => 1);
    return spectralNull({ n, d, ...model }, 'covariance', count);
  },
});

function collapsed(
  values: Float64Array,
  spanned: number,
  share: number,
  factor: (k: number) => number,
): number {
  const threshold = (share * sumOf(values)) / spanned;
  return values.subarray(0, spanned).filter((value, k) => value * factor(k) < threshold).length;
}
