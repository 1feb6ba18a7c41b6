import { reflector, reflectRowsInPlace } from './householder.ts';

/** A symmetric matrix A = Q T Qᵀ, T tridiagonal, Q = H₀ H₁ … a product of reflections. */
export interface Tridiagonal {
  readonly n: number;
  /** Diagonal of T: n values. */
  readonly diagonal: Float64Array;
  /** Off-diagonal of T: entry i couples i and i + 1; n values, the last is 0. */
  readonly offDiagonal: Float64Array;
  /** Row k holds v_k in columns k + 1 …; Hₖ = I − τₖ vₖ vₖᵀ. n × n. */
  readonly reflectors: Float64Array;
  readonly tau: Float64Array;
}

/** A reduction to tridiagonal form, to be run step by step: step(0) … step(n − 1), then `result`. */
export interface Reduction {
  readonly step: (k: number) => void;
  readonly result: Tridiagonal;
}

/**
 * Householder reduction of a symmetric n × n matrix to tridiagonal form.
 *
 * Overwrites `a`; reads and writes its upper triangle only. Each step's rank-two update is put off
 * and done in the same pass over memory as the next step's product A·v, so the triangle is walked
 * once a step instead of twice. 4n³/3 operations.
 */
export function reductionInPlace(a: Float64Array, n: number): Reduction {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const tau = new Float64Array(n);
  const u = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  const product = new Float64Array(n);
  const step = (k: number): void => {
    const at = k * n;
    for (let j = k; j < n; j++) a[at + j] -= v[k] * w[j] + w[k] * v[j];
    diagonal[k] = a[at + k];
    if (k === n - 1) return;
    const { beta, scale } = reflector(a, at + k + 1, at + n, u, k + 1);
    offDiagonal[k] = beta;
    tau[k] = scale;
    product.fill(0, k + 1);
    updateAndMultiply(a, n, k + 1, v, w, u, product);
    let inner = 0;
    for (let j = k + 1; j < n; j++) inner += product[j] * u[j];
    const half = 0.5 * scale * scale * inner;
    for (let j = k + 1; j < n; j++) {
      v[j] = u[j];
      w[j] = scale * product[j] - half * u[j];
    }
    a.set(u.subarray(k + 1), at + k + 1);
  };
  return { step, result: { n, diagonal, offDiagonal, reflectors: a, tau } };
}

/** The whole reduction at once. */
export function tridiagonalizedInPlace(a: Float64Array, n: number): Tridiagonal {
  const { step, result } = reductionInPlace(a, n);
  for (let k = 0; k < n; k++) step(k);
  return result;
}

/** A ← A − v wᵀ − w vᵀ and product ← product + A u, for rows and columns `start` … n − 1. */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  start: number,
  v: Float64Array,
  w: Float64Array,
  u: Float64Array,
  product: Float64Array,
): void {
  let i = start;
  for (; i + 1 < n; i += 2) {
    const top = i * n;
    const below = top + n;
    const v0 = v[i];
    const w0 = w[i];
    const u0 = u[i];
    const v1 = v[i + 1];
    const w1 = w[i + 1];
    const u1 = u[i + 1];
    const corner = a[top + i] - 2 * v0 * w0;
    const side = a[top + i + 1] - v0 * w1 - w0 * v1;
    const last = a[below + i + 1] - 2 * v1 * w1;
    a[top + i] = corner;
    a[top + i + 1] = side;
    a[below + i + 1] = last;
    let s0 = corner * u0 + side * u1;
    let s1 = side * u0 + last * u1;
    for (let j = i + 2; j < n; j++) {
      const vj = v[j];
      const wj = w[j];
      const uj = u[j];
      const x0 = a[top + j] - v0 * wj - w0 * vj;
      const x1 = a[below + j] - v1 * wj - w1 * vj;
      a[top + j] = x0;
      a[below + j] = x1;
      s0 += x0 * uj;
      s1 += x1 * uj;
      product[j] += x0 * u0 + x1 * u1;
    }
    product[i] += s0;
    product[i + 1] += s1;
  }
  if (i < n) {
    const corner = a[i * n + i] - 2 * v[i] * w[i];
    a[i * n + i] = corner;
    product[i] += corner * u[i];
  }
}

/** Qᵀ as an n × n row-major array: row i is column i of Q. 4n³/3 operations. */
export function transposedBasis({ n, reflectors, tau }: Tridiagonal): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const reflections = { vectors: reflectors, tau, count: n - 1, m: n, offset: 1 };
  reflectRowsInPlace(q, n, reflections, true);
  return q;
}
