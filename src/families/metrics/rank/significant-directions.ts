import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { noiseEdge } from '../../../numerics/laws/noise-edge.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { defineMetric } from '../define.ts';
import { eigenvalueErrors, NO_SPREAD } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/** Half of the spectrum must be noise for its median to tell the noise level. */
const MOST_SIGNAL = 1 / 3;

/**
 * How many directions stand out of noise: eigenvalues above the Marchenko–Pastur edge.
 *
 *     #{ k : λ_k > σ² (μ + 0.979 τ)/n }
 *     μ = (√(n − 1) + √d)²,   τ = √μ (1/√(n − 1) + 1/√d)^⅓
 *
 * with λ the eigenvalues of the d × d covariance of the unit rows: the right side is the 95 % point of
 * the largest eigenvalue of n rows of white noise (Tracy and Widom). The noise level σ² is the median
 * eigenvalue over the median of the Marchenko–Pastur law: right where at least half of the directions are
 * noise. In real tables with n ≫ d even the noise is not white, so nearly half of all directions stand
 * out, and a warning says so. Another says that fewer than 10 directions are too few. The null of uniform
 * points is about 0. NaN for fewer than 3 rows and for equal rows.
 *
 * @remarks Use it when n and d are of one size and you want to know how many principal components to
 * keep: what is below the edge could be chance. 0 says that nothing is told from noise. Of a large
 * trained embedding read it with the warning; `participation-ratio` is safer there. Costs
 * O(n d min(n, d)).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { significantDirections } from 'tammes/metrics';
 *
 * // White noise in 40 columns, with 16 times the variance in the first five.
 * const random = Random.fromSeed(2);
 * const data = Float32Array.from({ length: 12000 }, (_, e) => random.normal() * (e % 40 < 5 ? 4 : 1));
 * const { value, null: expected } = await significantDirections(matrix(data, 300, 40));
 * console.log(value, expected?.value.toFixed(0)); // 5 0
 * @function
 */
export const significantDirections = /* @__PURE__ */ defineMetric({
  id: 'significant-directions',
  group: 'rank',
  range: ({ d }) => [0, d],
  title: 'Directions above noise (Marchenko–Pastur edge)',
  summary: 'How many eigenvalues of the covariance are larger than those of white noise can be.',
  references: [
    cite(sources.largestEigenvalue, 'Theorem 1.1: centre and scale of the largest eigenvalue'),
    cite(
      sources.optimalHardThreshold,
      'Section III.E: the noise level from the median singular value',
    ),
  ],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    if (n < 3) return NO_SPREAD;
    const spectrum = await space.spectrum('covariance');
    const { values } = spectrum;
    if (!(values[0] > 0)) return NO_SPREAD;
    const { edge, noise } = noiseEdge(values, n, d);
    const errors = eigenvalueErrors(spectrum, n);
    const count = (sign: number) =>
      values.filter((value, k) => value * (1 + sign * Z95 * errors[k]) > edge).length;
    const value = count(0);
    const warnings: string[] = [];
    const directions = Math.min(n - 1, d);
    if (directions < 10)
      warnings.push(`${directions} directions are too few to tell noise from signal.`);
    else if (value > MOST_SIGNAL * directions) {
      warnings.push(
        `${value} of ${directions} directions are above what would be noise: the rest is not white.`,
      );
    }
    const series = {
      x: Float64Array.from(values, (_, k) => k + 1),
      y: values.map((eigenvalue) => eigenvalue / noise),
      xName: 'rank',
      yName: 'eigenvalue over the noise level',
    };
    return { value, low: count(-1), high: count(1), warnings, series };
  },
  underUniform({ n, d, ...model }) {
    if (n < 3) return undefined;
    const count = (values: Float64Array) => {
      const { edge } = noiseEdge(values, n, d);
      return values.filter((value) => value > edge).length;
    };
    return spectralNull({ n, d, ...model }, 'covariance', count);
  },
});
