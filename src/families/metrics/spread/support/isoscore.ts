import { InternalError } from '../../../../core/errors.ts';
import { sumOf } from '../../../../numerics/statistics/averages.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { measuredSpectrum } from '../../support/spectral-metric.ts';
import type { Measured } from '../../types.ts';
import { excessKurtosis, tailsTooHeavy } from './tails.ts';

/** Excess kurtosis beyond which intervals fail: 72 % and 86 % of them cover where it is 15 and more. */
const HEAVY = 6;

/** ((Σλ)²/Σλ² − 1)/(d − 1) of λ_k' = (1 − ζ) λ_k + ζ Σλ/d over all d directions. */
export function isoscoreOf(values: Float64Array, d: number, zeta: number): number {
  return (sumOf(values) ** 2 / shrunkenSquares(values, d, zeta) - 1) / (d - 1);
}

/** Σ λ'² = (1 − ζ)² Σλ² + (1 − (1 − ζ)²) (Σλ)²/d. */
function shrunkenSquares(values: Float64Array, d: number, zeta: number): number {
  const keep = (1 - zeta) ** 2;
  return keep * sumOf(values.map((x) => x * x)) + ((1 - keep) * sumOf(values) ** 2) / d;
}

export async function measuredIsoscore(space: Space, zeta: number): Promise<Measured> {
  const d = space.points.cols;
  if (d < 2) return { value: NaN, warnings: ['one dimension has nothing to be even over.'] };
  const score = {
    value: (values: Float64Array) => isoscoreOf(values, d, zeta),
    slopes(values: Float64Array) {
      const sum = sumOf(values);
      const squares = shrunkenSquares(values, d, zeta);
      const keep = (1 - zeta) ** 2;
      const ratio = (sum * sum) / squares / (d - 1);
      return values.map(
        (x) => 2 * ratio * (1 / sum - (keep * x + ((1 - keep) * sum) / d) / squares),
      );
    },
  };
  const { spectrum: _, ...measured } = await measuredSpectrum(
    space,
    'raw-covariance',
    score,
    [0, 1],
  );
  if (measured.low === undefined) return measured;
  const excess = await tailsOf(space);
  if (excess <= HEAVY) return measured;
  const { low: _low, high: _high, ...known } = measured;
  return { ...known, warnings: [tailsTooHeavy(excess)] };
}

async function tailsOf(space: Space): Promise<number> {
  const { squares } = await space.spectrum('raw-covariance');
  if (!squares) throw new InternalError('isoscore', 'The coordinates of the rows are missing.');
  const { data, rows: m, cols: r } = squares;
  const [variances, fourths] = [new Float64Array(r), new Float64Array(r)];
  for (let at = 0; at < data.length; at++) {
    variances[at % r] += data[at] / m;
    fourths[at % r] += (data[at] * data[at]) / m;
  }
  return excessKurtosis(variances, fourths);
}
