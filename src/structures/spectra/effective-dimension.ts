import { sumOf } from '../../numerics/statistics/averages.ts';

/** What rounding may leave of an eigenvalue of 0, over the largest, and of a share that is met. */
const ROUNDING = 1e-9;

/**
 * The τ-effective dimension: the smallest k with λ₁ + … + λ_k ≥ τ·Σλ, eigenvalues largest first; those that rounding
 * leaves of 0 count as 0. NaN where there is no variance.
 */
export function effectiveDimensionOf(values: Float64Array, share: number): number {
  if (!(values[0] > 0)) return NaN;
  const kept = values.filter((value) => value > ROUNDING * values[0]);
  const wanted = share * sumOf(kept) * (1 - ROUNDING);
  let sum = 0;
  const k = kept.findIndex((value) => {
    sum += value;
    return sum >= wanted;
  });
  return k < 0 ? kept.length : k + 1;
}
