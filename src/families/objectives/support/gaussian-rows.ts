import type { Matrix } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';

/** n Gaussians of D dimensions, rows [μ | log σ²], with K samples of each. */
export interface Gaussians {
  readonly rows: Matrix;
  readonly count: number;
  /** Sample k of row i from (i·K + k)·D on. */
  readonly samples: Float64Array;
}

/** z_ik = μᵢ + σᵢ ε_ik. */
export function drawnGaussians(rows: Matrix, count: number, random: Random): Gaussians {
  const { data: x, rows: n, cols } = rows;
  const d = cols / 2;
  const samples = new Float64Array(n * count * d);
  random.normals(samples);
  const deviations = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const mean = i * cols;
    for (let c = 0; c < d; c++) deviations[c] = exp(x[mean + d + c] / 2);
    for (let k = 0; k < count; k++) {
      const at = (i * count + k) * d;
      for (let c = 0; c < d; c++) samples[at + c] = x[mean + c] + deviations[c] * samples[at + c];
    }
  }
  return { rows, count, samples };
}

/** weight · KL(N(μ, σ²) ‖ N(0, 1)) of a row; its gradient is added to `gradient` if there is one. */
export function addDivergence(
  { rows: { data: x, cols } }: Gaussians,
  row: number,
  weight: number,
  gradient: Matrix | null,
): number {
  const d = cols / 2;
  const [mean, spread] = [row * cols, row * cols + d];
  let divergence = 0;
  for (let c = 0; c < d; c++) {
    const variance = exp(x[spread + c]);
    divergence += (variance + x[mean + c] ** 2 - 1 - x[spread + c]) / 2;
    if (!gradient) continue;
    gradient.data[mean + c] += weight * x[mean + c];
    gradient.data[spread + c] += (weight * (variance - 1)) / 2;
  }
  return weight * divergence;
}

/** Adds ∂L/∂μ and ∂L/∂log σ² of a row, given ∂L/∂z of its K samples. */
export function addSampleGradient(
  { rows: { data: x, cols }, count, samples }: Gaussians,
  row: number,
  slopes: Float64Array,
  { data: g }: Matrix,
): void {
  const d = cols / 2;
  const [mean, spread] = [row * cols, row * cols + d];
  for (let k = 0; k < count; k++) {
    const at = (row * count + k) * d;
    for (let c = 0; c < d; c++) {
      const slope = slopes[k * d + c];
      g[mean + c] += slope;
      // ∂z/∂log σ² = σε/2 = (z − μ)/2.
      g[spread + c] += (slope * (samples[at + c] - x[mean + c])) / 2;
    }
  }
}
