import { OptionError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * A radial kernel k on pairs of unit rows, with ρ the chordal distance r = √(2 − 2c) or the angle θ.
 *
 * | shape    | k(ρ)                                                              |
 * |----------|-------------------------------------------------------------------|
 * | gaussian | exp(−scale · ρ²)                                                  |
 * | laplace  | exp(−scale · ρ)                                                   |
 * | riesz    | ρ^(−scale) if scale > 0, −log ρ if scale = 0, −ρ^(−scale) if < 0  |
 *
 * Below θ₀ the kernel goes on linearly in θ, k(θ₀) + F·(θ₀ − θ) with F = −dk/dθ at θ₀, so that loss
 * and gradient stay finite and agree; θ₀ = 2⁻¹⁰ for float32 rows, 2⁻²⁰ for float64. Coincident rows
 * push nothing. At antipodes, where geodesic kernels have a kink, the force is 0.
 */
export interface PairKernel {
  readonly shape: 'gaussian' | 'laplace' | 'riesz';
  readonly distance: 'chordal' | 'geodesic';
  readonly scale: number;
}

export const COINCIDENCE_ANGLE_F32 = 2 ** -10;
export const COINCIDENCE_ANGLE_F64 = 2 ** -20;

/** θ₀ for the element type of `points`. */
export function coincidenceAngle(points: Matrix): number {
  return points.data instanceof Float64Array ? COINCIDENCE_ANGLE_F64 : COINCIDENCE_ANGLE_F32;
}

export interface PairwiseEnergy {
  /** Σ_{i<j} k(ρ_ij), summed in float64 across rows in row order. */
  readonly sum: number;
  /** Σ_{j≠i} k(ρ_ij) for each row i. */
  readonly rowSums: Float64Array;
}

/** Refuses a gradient of another shape, and kernels that grow with distance by mistake. */
export function requireEnergyArguments(
  points: Matrix,
  kernel: PairKernel,
  gradient?: Matrix | null,
): void {
  const { shape, scale } = kernel;
  if (!Number.isFinite(scale) || (shape !== 'riesz' && scale < 0)) {
    const range = shape === 'riesz' ? 'a finite number' : 'a number in [0, ∞)';
    throw new OptionError('pairwise-energy', 'scale', range, scale);
  }
  if (gradient) requireSameShape('pairwise-energy', 'gradient', gradient, points);
}
