import { log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { codingRateOf } from '../support/coding-rate.ts';
import { measuredSpectrum } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/**
 * Coding rate of MCR²: the nats that one unit row costs when it is to be known to a squared error of ε².
 *
 *     R(X, ε) = ½ ln det(I + d/(n ε²) XᵀX)
 *
 * with X the n × d unit rows; divide by ln 2 for bits. Larger where the rows fill more directions. At
 * most (d/2) ln(1 + 1/ε²), of a tight frame, and with n < d at most (n/2) ln(1 + d/(n ε²)); at least ½
 * ln(1 + d/ε²), of a single direction. The null of uniform points is simulated, or of large sets that of
 * the Marchenko–Pastur law.
 *
 * @remarks Use it to follow one model in training or before and after dispersal: it rises as directions
 * fill, and unlike `effective-rank` it gives directions below the error ε² next to no weight. It depends
 * on d and on ε², so compare only values of the same two, best with the null. With classes
 * `rate-reduction` is the number of the paper. Costs O(n d min(n, d)).
 * @example
 * import { zeros } from 'tammes';
 * import { codingRate } from 'tammes/metrics';
 *
 * // ± the axes, a tight frame, has (d/2) ln(1 + 1/ε²) = 3 ln 3 at ε² = ½.
 * const axes = zeros(12, 6);
 * for (let i = 0; i < 12; i++) axes.data[6 * i + (i >> 1)] = i % 2 === 0 ? 1 : -1;
 * console.log((await codingRate(axes)).value.toFixed(4)); // 3.2958
 *
 * // Two of the six axes only: ½ · 2 · ln(1 + 6/(2 · ½)) = ln 7.
 * const plane = zeros(12, 6);
 * for (let i = 0; i < 12; i++) plane.data[6 * i + (i % 2)] = 1;
 * console.log((await codingRate(plane)).value.toFixed(4), Math.log(7).toFixed(4)); // 1.9459 1.9459
 * @function
 */
export const codingRate = /* @__PURE__ */ defineMetric({
  id: 'coding-rate',
  group: 'rank',
  range: [0, Infinity],
  title: 'Coding rate (MCR²)',
  summary: 'The nats that one unit row costs when it is coded to a squared error ε².',
  references: [cite(sources.maximalCodingRateReduction, 'Eq. (7): R(Z, ε)')],
  options: {
    distortion: number(0.5, 'Squared error of the code.', { min: 1e-6, max: 1e6, symbol: 'ε²' }),
  },
  async measure(space, { distortion }) {
    const { rows: n, cols: d } = space.points;
    const scale = d / distortion;
    const most = (Math.min(n, d) / 2) * log(1 + scale / Math.min(n, d));
    const rate = {
      value: (values: Float64Array) => codingRateOf(values, scale),
      slopes: (values: Float64Array) => values.map((x) => scale / (2 * (1 + scale * x))),
    };
    const { spectrum: _, ...measured } = await measuredSpectrum(space, 'second-moment', rate, [
      0,
      most,
    ]);
    return measured;
  },
  underUniform: (model, { distortion }) =>
    spectralNull(model, 'secondMoment', (values) => codingRateOf(values, model.d / distortion)),
});
