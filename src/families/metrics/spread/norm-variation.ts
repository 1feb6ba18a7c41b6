import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';

/** A share of the variance that one row has only under heavy tails. */
const HEAVY = 0.1;

/**
 * Coefficient of variation of the rows' lengths before they were scaled.
 *
 *     √(1/n Σᵢ (ℓᵢ − ℓ̄)²)/ℓ̄,   ℓᵢ = ‖wᵢ‖,   ℓ̄ = 1/n Σᵢ ℓᵢ
 *
 * with wᵢ the n rows as they came: 0 for unit rows. Rows shorter than `share` of the median length are
 * listed, shortest first: the direction of a row that is next to zero is mostly noise, and scaling it to
 * unit length makes the noise count in full. `series` has the lengths in order. A warning names rows that
 * are so short, and another one long row that makes up more than a tenth of the variance.
 *
 * Uniform points say nothing about lengths, so that it has no null beside them; beside Gaussian rows or
 * permuted columns it has.
 * `perRow` has the `norm` of each row.
 *
 * @remarks Use it before trusting any number about directions: near 0 cosine and inner product nearly
 * agree (Gaussian rows have about 1/√(2d)); at 0.5 and more, lengths carry something that cosines throw
 * away. No unit, not below 0, no upper end. To ask what the lengths mean see
 * `norm-frequency-correlation`. Costs O(n d).
 * @example
 * import { matrix } from 'tammes';
 * import { normVariation } from 'tammes/metrics';
 *
 * // Lengths 1, 3, 1, 3: mean 2, standard deviation 1.
 * const points = matrix(Float32Array.of(1, 0, 0, 3, 0, -1, -3, 0), 4, 2);
 * console.log((await normVariation(points)).value); // 0.5
 *
 * // A row next to zero is named.
 * points.data[0] = 0.01;
 * console.log((await normVariation(points)).rows?.join()); // 0
 * @function
 */
export const normVariation = /* @__PURE__ */ defineMetric({
  id: 'norm-variation',
  group: 'spread',
  range: [0, Infinity],
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
    const limit = share * medianOf(norms);
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
