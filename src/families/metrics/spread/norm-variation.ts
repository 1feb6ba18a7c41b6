import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { medianInPlace } from '../../../numerics/statistics/averages.ts';
import { Z95 } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';

/** A share of the variance that one row has only under heavy tails. */
const HEAVY = 0.1;

/**
 * Coefficient of variation of the rows' lengths before they were scaled: sd/mean. 0 for unit rows.
 * `perRow` has the `norm` of each.
 *
 * Rows shorter than `share` of the median length are listed, shortest first: the direction of a row that
 * is next to zero is mostly noise, and scaling it to unit length makes the noise count in full.
 *
 * Uniform points say nothing about lengths, so that it has no null beside them; beside Gaussian rows or
 * permuted columns it has.
 *
 * @function
 */
export const normVariation = /* @__PURE__ */ defineMetric({
  id: 'norm-variation',
  group: 'spread',
  title: 'Variation of the lengths',
  summary: 'The standard deviation of the lengths of the rows as they came, over their mean.',
  references: [cite(sources.wordSignificance, 'vector length as a signal of its own')],
  options: {
    share: number(0.1, 'Of the median length, below which a row is listed.', { min: 0, max: 1 }),
  },
  measure({ norms }, { share }) {
    const n = norms.length;
    let mean = 0;
    for (const norm of norms) mean += norm / n;
    let variance = 0;
    for (const norm of norms) variance += (norm / mean - 1) ** 2 / n;
    const value = Math.sqrt(variance);
    const limit = share * medianInPlace(norms.slice());
    const rows = [...norms.keys()].filter((i) => norms[i] < limit);
    rows.sort((a, b) => norms[a] - norms[b] || a - b);
    const warnings =
      rows.length > 0
        ? [
            `${counted(rows.length, 'row is', 'rows are')} shorter than ${share} of the median length: ${rows.length === 1 ? 'its direction' : 'their directions'} may be noise.`,
          ]
        : [];
    const longest = norms.reduce((a, b) => Math.max(a, b), 0);
    if ((longest / mean - 1) ** 2 > HEAVY * n * variance && n > 1 / HEAVY) {
      warnings.push('one long row makes up much of it: the interval is too narrow.');
    }
    const series = {
      x: Float64Array.from(norms.keys()),
      y: norms.slice().sort(),
      xName: 'row by length',
      yName: 'length',
    };
    const perRow = { norm: norms };
    if (n < 3 || value === 0) return { value, warnings, rows, series, perRow };
    // Influence of a row on sd/mean, with z its length over the mean.
    let squares = 0;
    for (const norm of norms) {
      const gap = norm / mean - 1;
      squares += ((gap * gap - variance) / (2 * value) - value * gap) ** 2;
    }
    const half = Z95 * Math.sqrt(squares / (n - 1) / n);
    const interval = { low: Math.max(0, value - half), high: value + half };
    return { value, ...interval, warnings, rows, series, perRow };
  },
});
