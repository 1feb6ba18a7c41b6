import type { Matrix } from '../../../core/matrix.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { meanResultant } from './support/resultant.ts';

/**
 * Mean cosine over all pairs, 2/(n(n−1)) Σ_{i<j} ⟨xᵢ, xⱼ⟩ = (nR² − 1)/(n − 1): the usual measure of
 * anisotropy, in one pass. Between −1/(n−1), where the rows cancel, and 1. `perRow` has the mean `cosine` of
 * each row with the others.
 *
 * @function
 */
export const meanCosine = /* @__PURE__ */ defineMetric({
  id: 'mean-cosine',
  group: 'spread',
  title: 'Mean cosine (anisotropy)',
  summary: 'The mean cosine over all pairs of rows.',
  references: [
    cite(sources.howContextual, 'anisotropy as the average cosine similarity'),
    cite(
      sources.directionalStatistics,
      'law of the mean resultant length under uniformity (Rayleigh test)',
    ),
  ],
  deviations: ['All pairs, through the length of the mean, instead of a sample of pairs.'],
  options: {},
  measure({ points }) {
    const n = points.rows;
    if (n < 2) return NO_PAIR;
    const { value: length, standardError } = meanResultant(points);
    const value = (n * length * length - 1) / (n - 1);
    // The row means of the cosine vary by n/(n − 1)·R times the rows' part along the mean.
    const error = 2 * (n / (n - 1)) * length * standardError;
    const interval = normalInterval({ value, standardError: error });
    return { ...interval, perRow: { cosine: meanCosines(points) } };
  },
  underUniform({ n, d }) {
    if (n < 2) return undefined;
    const at = (p: number) => (chiSquaredQuantile(d, p) / d - 1) / (n - 1);
    return {
      value: 0,
      low: at(0.025),
      high: at(0.975),
      how: 'exact mean; interval from the asymptotic law, ndR² as χ² with d degrees of freedom',
    };
  },
});

/** Of each row with the n − 1 others: (⟨xᵢ, Σ x⟩ − ⟨xᵢ, xᵢ⟩)/(n − 1); n. */
function meanCosines({ data: x, rows: n, cols: d }: Matrix): Float64Array {
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) sum[c] += x[i * d + c];
  return Float64Array.from({ length: n }, (_, i) => {
    let along = 0;
    for (let c = 0; c < d; c++) along += x[i * d + c] * (sum[c] - x[i * d + c]);
    return along / (n - 1);
  });
}
