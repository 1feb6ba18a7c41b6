import { transposed } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { squaredLengths } from '../../numerics/rows/dot.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { coordinates, type Spectrum, spectraOf } from './support/spectra.ts';
import type { Pair } from './types.ts';

/**
 * Hellinger distance of the two spectra as shares of the variance:
 *
 *     √(1 − Σᵢ √(pᵢqᵢ)),  0 to 1
 *
 * with p and q the sorted eigenvalues of the covariances of A (nA × dA) and B (nB × dB) over their
 * sums. Neither rows nor columns need to correspond; rotations, scales and shifts of either set do
 * not change it. √2 times it is the least Bures–Wasserstein distance of the two covariances, scaled
 * to trace 1, over all rotations.
 *
 * @remarks Use it when nothing corresponds, such as two models on different texts: it asks only
 * whether both use their directions as evenly. Equal spectra say nothing about what the directions
 * mean, and few rows make spectra differ by themselves: have ten rows for each dimension.
 * `effective-rank` of both files tells which one is flatter. O((nA + nB)d² + d³).
 * @example
 * import { matrix } from 'tammes';
 * import { spectrumDistance } from 'tammes/comparisons';
 *
 * // All the variance along one line, against two equal shares: √(1 − √½).
 * const line = matrix(new Float64Array([1, 0, -1, 0, 1, 0, -1, 0]), 4, 2);
 * const square = matrix(new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2);
 * const { value } = await spectrumDistance({ a: line, b: square });
 * console.log(value.toFixed(4), Math.sqrt(1 - Math.sqrt(0.5)).toFixed(4)); // 0.5412 0.5412
 * @function
 */
export const spectrumDistance = /* @__PURE__ */ defineComparison({
  id: 'spectrum-distance',
  title: 'Distance of the spectra',
  summary: 'How differently the variance is shared out among principal directions.',
  references: [cite(sources.buresWassersteinDistance, 'the distance of commuting covariances')],
  options: {},
  kind: 'distance',
  range: [0, 1],
  rows: 'unpaired',
  columns: 'any',
  async compare(pair) {
    const { a, b } = await spectraOf(pair);
    if (a.values.length === 0 || b.values.length === 0) {
      const which = a.values.length === 0 ? 'A' : 'B';
      return { value: NaN, warnings: [`the rows of ${which} do not differ.`] };
    }
    const k = Math.min(a.values.length, b.values.length);
    let likeness = 0;
    for (let i = 0; i < k; i++)
      likeness += Math.sqrt((a.values[i] * b.values[i]) / (a.total * b.total));
    // Rounding of the sums.
    const value = 1 - likeness > 1e-13 ? Math.sqrt(1 - likeness) : 0;
    const errors = [await errorOf(pair, a, b, likeness), await errorOf(pair, b, a, likeness)];
    const half = Z95 * Math.hypot(...errors);
    const at = (x: number) => Math.sqrt(Math.max(0, 1 - Math.min(1, x)));
    const interval = Number.isFinite(half)
      ? { low: at(likeness + half), high: at(likeness - half) }
      : {};
    const d = Math.max(a.centered.cols, b.centered.cols);
    const few = Math.min(a.rows, b.rows);
    const warnings =
      few >= 10 * d
        ? []
        : [
            `${few} rows are fewer than 10 for each of ${d} dimensions: sampling alone tells spectra apart.`,
          ];
    return { value, ...interval, warnings };
  },
});

/** Error of Σ √(pᵢqᵢ) from the rows of one set: eigenvalue i moves with (vᵢᵀx)² − λᵢ. */
async function errorOf(
  pair: Pair,
  of: Spectrum,
  other: Spectrum,
  likeness: number,
): Promise<number> {
  const z = await coordinates(pair, of, transposed(of.vectors));
  const lengths = squaredLengths(of.centered);
  const scale = Math.sqrt(of.total * other.total);
  const k = Math.min(of.values.length, other.values.length);
  const slopes = Float64Array.from(
    { length: k },
    (_, i) => Math.sqrt(other.values[i] / of.values[i]) / (2 * scale),
  );
  const influence = lengths.map((length, row) => {
    let sum = (-likeness * length) / (2 * of.total);
    for (let i = 0; i < k; i++) sum += slopes[i] * z.data[row * z.cols + i] ** 2;
    return sum;
  });
  return meanEstimate(influence).standardError;
}
