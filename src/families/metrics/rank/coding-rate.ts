import { log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { codingRateOf } from '../support/coding-rate.ts';
import { measuredSpectrum } from '../support/spectral-metric.ts';
import { spectralNull } from '../support/spectral-null.ts';

/**
 * Coding rate R(Z, ε) = ½ ln det(I + d/(n ε²) ZᵀZ), in nats: the bits (times ln 2) that a row costs when
 * it is to be known to a squared error of ε². Larger where the rows fill more directions; at most
 * (d/2) ln(1 + 1/ε²), of a tight frame.
 *
 * @function
 */
export const codingRate = /* @__PURE__ */ defineMetric({
  id: 'coding-rate',
  group: 'rank',
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
