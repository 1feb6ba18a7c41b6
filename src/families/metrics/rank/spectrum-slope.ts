import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { powerLawFit } from '../../../numerics/statistics/power-law.ts';
import { defineMetric } from '../define.ts';
import { measuredSpectrum } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/** A worse fit than this is called no power law. */
const STRAIGHT = 0.95;
const FEWEST = 10;

/**
 * Slope of the spectrum (α-ReQ): the exponent of the power law that eigenvalues follow by their rank.
 *
 *     α = −Σ_k w_k (ln k − a)(ln λ_k − b)/Σ_k w_k (ln k − a)²,   w_k = 1/k
 *
 * with λ the eigenvalues of the d × d covariance of the unit rows, largest first, for k from `from` to
 * `to`, or to the last direction, and a, b the means of ln k and ln λ_k with the weights w: λ_k ∝ k^(−α).
 * Where that leaves fewer than 10 ranks the fit starts at k = 1. The null of uniform points is simulated,
 * or of large sets that of the Marchenko–Pastur law. NaN with fewer than 2 directions with variance.
 *
 * @remarks Use it to place a representation between white (0, all directions alike) and collapsed (2 and
 * more); around 1 goes with good generalisation, by the paper. Not a number about every space: a spectrum
 * that is no power law has a slope that depends on the range, and a warning says so (r² below 0.95). Few
 * rows bend the end of the spectrum down; have 2·`to` of them or more. Costs O(n d min(n, d)).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { spectrumSlope } from 'tammes/metrics';
 *
 * // Column k has the variance 1/k: α is near 1, a little more as rows are scaled to unit length.
 * const random = Random.fromSeed(3);
 * const data = Float32Array.from({ length: 40000 }, (_, e) => random.normal() / Math.sqrt((e % 40) + 1));
 * const { value, null: expected } = await spectrumSlope(matrix(data, 1000, 40));
 * console.log(value.toFixed(1), expected?.value.toFixed(1)); // 1.1 0.4
 * @function
 */
export const spectrumSlope = /* @__PURE__ */ defineMetric({
  id: 'spectrum-slope',
  group: 'rank',
  title: 'Slope of the spectrum (α-ReQ)',
  summary:
    'The exponent of the power law that the eigenvalues of the covariance follow by their rank.',
  references: [
    cite(sources.alphaReq, 'α, the decay coefficient of the eigenspectrum'),
    cite(
      sources.geometryOfPopulationResponses,
      'the range 11 to 500 and the weights 1/k of the fit',
    ),
  ],
  deviations: ['Rows are scaled to unit length first.'],
  options: {
    from: integer(11, 'First rank of the fit.', { min: 1 }),
    to: integer(500, 'Last rank of the fit.', { min: 2 }),
  },
  async measure(space, { from, to }) {
    const range = (values: Float64Array) => fitRange(values, from, to);
    const slope = {
      value: (values: Float64Array) => powerLawFit(values, ...range(values)).alpha,
      slopes: (values: Float64Array) => powerLawFit(values, ...range(values)).slopes,
    };
    const bounds = [-Infinity, Infinity] as const;
    const { spectrum, ...measured } = await measuredSpectrum(space, 'covariance', slope, bounds);
    if (Number.isNaN(measured.value)) return NO_LINE;
    const [first, last] = range(spectrum);
    const { r2 } = powerLawFit(spectrum, first, last);
    const warnings: string[] = [];
    const where = `ranks ${first} to ${last}`;
    if (last - first + 1 < FEWEST)
      warnings.push(`fitted to ${where} only: too few for a power law.`);
    if (r2 < STRAIGHT && measured.value > 0.05) {
      warnings.push(
        `no power law in ${where} (r² = ${r2.toFixed(3)}): the slope depends on the range.`,
      );
    }
    if (space.points.rows < 2 * last) {
      warnings.push(`${space.points.rows} rows bend the spectrum down at rank ${last}.`);
    }
    return { ...measured, warnings };
  },
  underUniform: (model, { from, to }) =>
    spectralNull(
      model,
      'covariance',
      (values) => powerLawFit(values, ...fitRange(values, from, to)).alpha,
    ),
});

const NO_LINE = {
  value: NaN,
  warnings: ['at least 2 directions with variance are needed for a slope.'],
};

/** The ranks of the fit: those asked for with a variance, or all where these are too few. */
function fitRange(values: Float64Array, from: number, to: number): [number, number] {
  const positive = values.filter((value) => value > 0).length;
  const last = Math.min(to, positive);
  return [last - from + 1 >= FEWEST ? from : 1, last];
}
