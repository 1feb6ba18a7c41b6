import { sumOf } from '../../../../numerics/statistics/averages.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { measuredSpectrum } from '../../support/spectral-metric.ts';
import type { Measured } from '../../types.ts';

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
  return measured;
}
