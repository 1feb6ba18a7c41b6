import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { exp, log, pow } from '../../core/numeric.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { fourSumGap } from '../../numerics/rows/dot.ts';
import { fourRows, squaredGapsInto } from '../../numerics/rows/four-rows.ts';

export interface LandmarkDiffusionOptions {
  /** s of the kernel exp(−‖x − y‖²/s). */
  readonly scale: number;
  /** Power of the density that is divided out. */
  readonly alpha: number;
  /** Eigenvectors wanted, the first not counted, which is constant. */
  readonly dim: number;
}

/** The diffusion operator on a few landmarks, and what places any row by it. */
export interface LandmarkDiffusion {
  /** m × d. */
  readonly landmarks: Matrix;
  readonly scale: number;
  /** q^α of each landmark. */
  readonly densities: Float64Array;
  /** The largest after the first; 0 where there are no more that count. */
  readonly eigenvalues: Float64Array;
  /** m × dim: right eigenvectors, of mean square 1 under the walk's own distribution; 0 where the eigenvalue is. */
  readonly vectors: Matrix<Float64Array>;
}

/** Below it Nyström's 1/λ would blow rounding up. */
const LEAST = 1e-6;

/**
 * The diffusion map of m landmarks by their full kernel (Coifman and Lafon, 2006):
 *
 *     K_ij = exp(−‖lᵢ − lⱼ‖²/s),   qᵢ = Σⱼ K_ij,   P = K_ij/(qᵢqⱼ)^α over its row sums,   P·ψ = λψ
 */
export async function landmarkDiffusion(
  landmarks: Matrix,
  { scale, alpha, dim }: LandmarkDiffusionOptions,
  engine: Engine,
  work: Work = {},
): Promise<LandmarkDiffusion> {
  const { data, rows: m, cols: d } = landmarks;
  const kernel = zeros64(m, m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      const value = exp(-fourSumGap(data, i * d, data, j * d, d) / scale);
      kernel.data[i * m + j] = value;
      kernel.data[j * m + i] = value;
    }
  }
  const densities = rowSums(kernel).map((q) => pow(q, alpha));
  kernel.data.forEach((value, e) => {
    kernel.data[e] = value / (densities[Math.floor(e / m)] * densities[e % m]);
  });
  const degrees = rowSums(kernel);
  kernel.data.forEach((value, e) => {
    kernel.data[e] = value / Math.sqrt(degrees[Math.floor(e / m)] * degrees[e % m]);
  });
  const { values, vectors } = await engine.linalg.eigh(kernel, work);
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const eigenvalues = new Float64Array(dim);
  const out = zeros64(m, dim);
  for (let c = 0; c < Math.min(dim, m - 1); c++) {
    if (!(values[c + 1] > LEAST)) break;
    eigenvalues[c] = values[c + 1];
    const own = vectors.data.subarray((c + 1) * m, (c + 2) * m);
    const sign = signOf(own);
    for (let i = 0; i < m; i++)
      out.data[i * dim + c] = sign * own[i] * Math.sqrt(total / degrees[i]);
  }
  return { landmarks, scale, densities, eigenvalues, vectors: out };
}

export interface ExtendedVectors {
  /** r × dim: Σⱼ p(x, lⱼ)ψⱼ/λ, which is ψ where x is a landmark. */
  readonly vectors: Matrix<Float64Array>;
  /** log Σⱼ K(x, lⱼ): how near the landmarks a row is at all. */
  readonly logMass: Float64Array;
}

/** Nyström's extension of the eigenvectors to rows, each as if it were alone. O(m·d) a row. */
export function extendedVectors(
  { landmarks, scale, densities, eigenvalues, vectors }: LandmarkDiffusion,
  { data, rows: r, cols: d }: Matrix,
): ExtendedVectors {
  const { rows: m } = landmarks;
  const q = eigenvalues.length;
  const out = zeros64(r, q);
  const logMass = new Float64Array(r);
  const even = m + (m % 2);
  const vectorsByTwos = new Float64Array(even * d);
  vectorsByTwos.set(landmarks.data);
  const [block, gaps] = [fourRows(d), fourRows(even)];
  for (let i = 0; i < r; i++) {
    if (i % 4 === 0) {
      for (let at = i; at < Math.min(i + 4, r); at++)
        block[at - i].set(data.subarray(at * d, (at + 1) * d));
      for (let j = 0; j < m; j += 2) squaredGapsInto(gaps, j, block, vectorsByTwos, d);
    }
    const exponents = gaps[i % 4];
    let least = Infinity;
    for (let j = 0; j < m; j++) {
      exponents[j] /= scale;
      least = Math.min(least, exponents[j]);
    }
    let [mass, total] = [0, 0];
    const sums = out.data.subarray(i * q, (i + 1) * q);
    for (let j = 0; j < m; j++) {
      // Relative to the nearest: far from all landmarks each weight alone would vanish.
      const near = exp(least - exponents[j]);
      const weight = near / densities[j];
      mass += near;
      total += weight;
      for (let c = 0; c < q; c++) sums[c] += weight * vectors.data[j * q + c];
    }
    logMass[i] = log(mass) - least;
    for (let c = 0; c < q; c++)
      sums[c] = eigenvalues[c] > 0 ? sums[c] / (total * eigenvalues[c]) : 0;
  }
  return { vectors: out, logMass };
}

function rowSums({ data, rows: m }: Matrix): Float64Array {
  const sums = new Float64Array(m);
  data.forEach((value, e) => {
    sums[Math.floor(e / m)] += value;
  });
  return sums;
}

/** Engines choose the signs of eigenvectors as they like: the first of the largest numbers is positive. */
function signOf(vector: Float64Array): number {
  let at = 0;
  for (let i = 1; i < vector.length; i++)
    if (Math.abs(vector[i]) > Math.abs(vector[at]) * (1 + 1e-9)) at = i;
  return vector[at] < 0 ? -1 : 1;
}
