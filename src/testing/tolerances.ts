import type { Matrix } from '../core/matrix.ts';
import type { PairKernel } from '../engine/kernels/pairwise-energy/contract.ts';
import { pairTerm, preparedFor } from '../engine/kernels/pairwise-energy/reference.ts';
import { squaredDistance, squaredSum } from '../engine/kernels/squared-distance.ts';

/** Half a unit in the last place of 1 in float32. */
export const UNIT_F32 = 2 ** -24;
export const UNIT_F64 = 2 ** -53;

/** What engines may lose of the float64 reference. */
export interface EnergyTolerance {
  /** For each row sum. */
  readonly rowSums: Float64Array;
  /** For each entry of a row of the gradient. */
  readonly gradient: Float64Array;
}

/** Rounding of one cosine of unit float32 rows: errors of d products that add up like a random walk. */
function cosineError(d: number): number {
  return (2 + Math.sqrt(d)) * UNIT_F32;
}

/**
 * How far float32 kernels may be from the reference, from the conditioning of every pair: a cosine that
 * is off by ε moves k by |dk/dc| ε = w ε and w by about (1 + s/2)(1/q + 1/p) w ε; functions and sums
 * add a few units of |k| and w.
 */
export function energyTolerance(points: Matrix, kernel: PairKernel): EnergyTolerance {
  const { data: x, rows: n, cols: d } = points;
  const prepared = preparedFor(points, kernel);
  const cosine = cosineError(d);
  const functions = (8 + 4 * Math.abs(kernel.scale)) * UNIT_F32;
  const rowSums = new Float64Array(n);
  const gradient = new Float64Array(n);
  const term = new Float64Array(2);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const q = squaredDistance(x, i * d, x, j * d, d) / 2;
      const p = squaredSum(x, i * d, x, j * d, d) / 2;
      pairTerm(prepared, q, p, term);
      const near = kernel.shape === 'gaussian' ? 2 ** -15 : 2 ** -8;
      const exact = q < near || (kernel.distance === 'geodesic' && p < 2 ** -8);
      const [value, weight] = [Math.abs(term[0]), Math.abs(term[1])];
      if (exact) {
        rowSums[i] += UNIT_F64 * 64 * value;
        gradient[i] += 8 * UNIT_F32 * weight * Math.sqrt(q * p);
      } else {
        rowSums[i] += functions * value + weight * cosine;
        const curvature = (1 + Math.abs(kernel.scale) / 2) * (1 + 1 / q + 1 / Math.max(p, 0.1));
        gradient[i] += weight * (functions + curvature * cosine);
      }
    }
    // Every row also rounds its result once, and sums within a row of a tile are float32.
    rowSums[i] = 2 * rowSums[i] + 1e-30;
    gradient[i] = 2 * gradient[i] + 1e-30;
  }
  return { rowSums, gradient };
}

/** For each entry of A·B in float32: k products and their sum. */
export function productTolerance(k: number, largest: number): number {
  return (2 + Math.sqrt(k)) * 2 * UNIT_F32 * largest * Math.max(1, k);
}
