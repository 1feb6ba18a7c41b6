import type { Matrix } from '../../core/matrix.ts';
import { exp, log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { jackknifeError } from '../../numerics/statistics/jackknife.ts';
import { expectedKernel } from '../../structures/uniform/expectation.ts';
import { defineComparison } from './define.ts';
import { around } from './support/statistics.ts';
import { unitSides } from './support/unit-sides.ts';

/**
 * Uniformity of two sets that share a space, as one set: the logarithm of the mean Gaussian kernel over all pairs.
 *
 *     U = log( 2/(n(n − 1)) Σ_{i<j} exp(−t ‖zᵢ − zⱼ‖²) ),   t = 2
 *
 * with zᵢ the n = m + l unit rows of A (m × d) and of B (l × d). Lower is more spread: 0 where all rows are one point,
 * near −2t for uniform points in many dimensions.
 *
 * @remarks Use it for two towers: each may be spread and both lie apart, or lie together and be narrow; this number
 * wants both. Read it beside `relative-alignment`, which rows that are spread at random do not meet. The metric
 * `uniformity` is of one set. The null is the exact expectation under uniform points. At most 2,000 rows of each:
 * O((m + l)²d).
 * @example
 * import { matrix } from 'tammes';
 * import { pooledUniformity } from 'tammes/comparisons';
 *
 * // Four directions of the plane: four pairs at √2, two at 2.
 * const a = matrix(Float64Array.of(1, 0, -1, 0), 2, 2);
 * const b = matrix(Float64Array.of(0, 1, 0, -1), 2, 2);
 * const { value } = await pooledUniformity({ a, b });
 * console.log(value.toFixed(4), Math.log((4 * Math.exp(-4) + 2 * Math.exp(-8)) / 6).toFixed(4)); // -4.3963 -4.3963
 * @function
 */
export const pooledUniformity = /* @__PURE__ */ defineComparison({
  id: 'pooled-uniformity',
  title: 'Uniformity of two sets together',
  summary: 'The logarithm of the mean Gaussian kernel over all pairs of rows of both sets.',
  references: [
    cite(sources.alignmentAndUniformity, 'Section 4.1.2, L_uniform'),
    cite(papers.geodesicMultiModalMixup, 'uniformity of images and texts'),
  ],
  deviations: [
    'Rows of both sides; the code of geodesic mixup puts those of the images in place of the texts.',
  ],
  options: {
    t: number(2, 'Inverse squared width: k = exp(−t·chord²).', { min: 1e-3, max: 50, symbol: 't' }),
  },
  kind: 'similarity',
  range: [-Infinity, 0],
  rows: 'unpaired',
  columns: 'same',
  async compare(pair, { t }) {
    const { a, b, warnings, drawn } = unitSides(pair, pair.sample);
    const n = a.rows + b.rows;
    if (n < 2) return { value: NaN, warnings: [...warnings, 'needs 2 rows with a direction.'] };
    const sums = await kernelSums(stacked(a, b), t, (x) =>
      pair.engine.matmul(x, x, true, pair.work),
    );
    const total = sums.reduce((sum, own) => sum + own, 0);
    const value = log(total / (n * (n - 1)));
    const without = sums.map((own) => log((total - 2 * own) / ((n - 1) * (n - 2))));
    const expected = expectedKernel({ shape: 'gaussian', distance: 'chordal', scale: t }, a.cols);
    return {
      value: Math.min(0, value),
      ...(n > 2 ? around(value, jackknifeError(without), -Infinity, 0) : {}),
      ...(expected > 0 && {
        null: { value: log(expected), how: `exact: ${drawn}uniform points of both sides` },
      }),
      warnings,
    };
  },
});

/** Σ_{j≠i} exp(−t·‖zᵢ − zⱼ‖²) of each row. */
async function kernelSums(
  z: Matrix,
  t: number,
  products: (z: Matrix) => Promise<Matrix> | Matrix,
): Promise<Float64Array> {
  const n = z.rows;
  const { data } = await products(z);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const kernel = exp(-2 * t * Math.max(0, 1 - data[i * n + j]));
      sums[i] += kernel;
      sums[j] += kernel;
    }
  }
  return sums;
}

function stacked(a: Matrix, b: Matrix): Matrix {
  const data = new (a.data.constructor as new (n: number) => typeof a.data)(
    a.data.length + b.data.length,
  );
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, rows: a.rows + b.rows, cols: a.cols };
}
