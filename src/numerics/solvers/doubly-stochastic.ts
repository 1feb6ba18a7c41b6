import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { exp, log } from '../../core/numeric.ts';
import { cholesky, choleskySolve } from '../decompositions/cholesky.ts';

/** A symmetric matrix Γ of positive numbers whose rows and columns sum to 1, and the way back to what it came from. */
export interface DoublyStochastic {
  readonly matrix: Matrix<Float64Array>;
  /** Rounds that it took. */
  readonly rounds: number;
  /** ∂L/∂A, symmetric, from ∂L/∂Γ, by differentiating the condition on the sums. */
  pullBack(gradient: Matrix): Matrix<Float64Array>;
}

export interface SinkhornOptions {
  /** Weight η of the entropy: the smaller, the closer Γ is to a permutation. */
  readonly entropy: number;
  /** How far a sum may be from 1. Default 1e-9. */
  readonly tolerance?: number;
  /** Default 1000. */
  readonly maxRounds?: number;
}

/**
 * The doubly stochastic Γ that maximises ⟨A, Γ⟩ + η·H(Γ) of a symmetric n × n matrix A: Γ = D·exp(A/η)·D with a
 * positive diagonal D, found by Sinkhorn's rounds on logarithms, each the geometric mean of the last two, which
 * symmetric matrices allow. O(n²) a round; the way back factors I + Γ in n³/3.
 *
 * The solve needs I + Γ positive definite, as it is where exp(A/η) is: for products A = C·Cᵀ.
 *
 * @throws InputError where the sums do not come within the tolerance of 1.
 */
export function doublyStochastic(a: Matrix, options: SinkhornOptions): DoublyStochastic {
  const { entropy, tolerance = 1e-9, maxRounds = 1000 } = options;
  const n = a.rows;
  if (n < 1 || a.cols !== n)
    throw new ShapeError('doublyStochastic', 'a square matrix', `${n} × ${a.cols}`);
  const scaled = Float64Array.from(a.data, (value) => value / entropy);
  const potentials = new Float64Array(n);
  const sums = new Float64Array(n);
  let error = Infinity;
  let rounds = 0;
  for (; rounds < maxRounds; rounds++) {
    logSumsInto(scaled, potentials, sums);
    error = 0;
    for (let i = 0; i < n; i++) {
      // What is left of row i is e^(f_i + s_i), to be 1.
      error = Math.max(error, Math.abs(exp(potentials[i] + sums[i]) - 1));
      potentials[i] = 0.5 * (potentials[i] - sums[i]);
    }
    if (!(error > tolerance)) break;
  }
  if (!(error <= tolerance)) {
    const way = `a larger entropy than ${entropy} or more rounds would do`;
    const sentence = `sums of rows are still ${error} from 1 after ${rounds} rounds; ${way}.`;
    throw new InputError('doublyStochastic', sentence);
  }
  const gamma = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      gamma.data[i * n + j] = exp(scaled[i * n + j] + (potentials[i] + potentials[j]));
  }
  return { matrix: gamma, rounds, pullBack: (gradient) => pulledBack(gamma, gradient, entropy) };
}

/** log Σⱼ exp(aᵢⱼ + fⱼ) for every row. */
function logSumsInto(a: Float64Array, potentials: Float64Array, sums: Float64Array): void {
  const n = potentials.length;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let most = -Infinity;
    for (let j = 0; j < n; j++) most = Math.max(most, a[row + j] + potentials[j]);
    let sum = 0;
    for (let j = 0; j < n; j++) sum += exp(a[row + j] + potentials[j] - most);
    sums[i] = most + log(sum);
  }
}

/**
 * dΓᵢⱼ = Γᵢⱼ(dAᵢⱼ/η + dfᵢ + dfⱼ), and sums that stay 1 mean (I + Γ) df = −Σⱼ Γᵢⱼ dAᵢⱼ/η. With H = G ∘ Γ and
 * (I + Γ) λ = (H + Hᵀ) 1, therefore ∂L/∂A = (H − ½(λ1ᵀ + 1λᵀ) ∘ Γ)/η, made symmetric.
 */
function pulledBack(
  { data: gamma, rows: n }: Matrix<Float64Array>,
  { data: g }: Matrix,
  entropy: number,
): Matrix<Float64Array> {
  const both = zeros64(n, n);
  const sums = zeros64(n, 1);
  const system = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      both.data[at] = 0.5 * gamma[at] * (g[at] + g[j * n + i]);
      sums.data[i] += 2 * both.data[at];
      system.data[at] = gamma[at] + (i === j ? 1 : 0);
    }
  }
  const { data: lambda } = choleskySolve(cholesky(system), matrix(sums.data, n, 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      both.data[at] = (both.data[at] - 0.5 * (lambda[i] + lambda[j]) * gamma[at]) / entropy;
    }
  }
  return both;
}
