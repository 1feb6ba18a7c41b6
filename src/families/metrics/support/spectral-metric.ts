import { InternalError } from '../../../core/errors.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import type { Space } from '../../../structures/space/types.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import type { RowSpectrum, SpectrumOf } from '../../../structures/spectra/types.ts';
import type { Measured } from '../types.ts';

/** A smooth function of eigenvalues and its partial derivatives. */
export interface SpectralFunction {
  readonly value: (values: Float64Array) => number;
  readonly slopes: (values: Float64Array) => Float64Array;
}

/** What a covariance of equal rows says: it has no spectrum. */
export const NO_SPREAD: Measured = {
  value: NaN,
  warnings: ['the rows do not vary: at least 2 different rows are needed.'],
};

/** The function of the rows' spectrum, with its interval within [least, most]. */
export async function measuredSpectrum(
  space: Space,
  of: SpectrumOf,
  f: SpectralFunction,
  [least, most]: readonly [number, number],
): Promise<Measured & { readonly spectrum: Float64Array }> {
  const n = space.points.rows;
  const spectrum = await space.spectrum(of);
  const { values } = spectrum;
  const series = eigenvalueSeries(values);
  if (!(values[0] > 0)) return { ...NO_SPREAD, spectrum: values };
  if (n < 3) return { value: f.value(values), series, spectrum: values };
  const estimate = spectralEstimate(spectrum, n, f.value, f.slopes);
  const { value, low, high } = normalInterval(estimate);
  const within = (x: number) => Math.min(most, Math.max(least, x));
  return { value, low: within(low), high: within(high), series, spectrum: values };
}

/** Eigenvalues beside their ranks. */
export function eigenvalueSeries(values: Float64Array) {
  const x = Float64Array.from(values, (_, k) => k + 1);
  return { x, y: values, xName: 'rank', yName: 'eigenvalue' };
}

/** Relative standard error of each eigenvalue: sd of the rows' squared coordinates over λ_k √n. */
export function eigenvalueErrors(
  { values, squares }: Pick<RowSpectrum, 'values' | 'squares'>,
  n: number,
): Float64Array {
  if (!squares) throw new InternalError('spectrum', 'The coordinates of the rows are missing.');
  const { data, rows: m, cols: r } = squares;
  return values.map((value, k) => {
    if (!(value > 0) || m < 2) return 0;
    let sum = 0;
    for (let i = 0; i < m; i++) sum += (data[i * r + k] / value - 1) ** 2;
    return Math.sqrt(sum / (m - 1) / n);
  });
}
