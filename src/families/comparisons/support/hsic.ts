import type { Matrix } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { jackknifeError } from '../../../numerics/statistics/jackknife.ts';
import type { Compared, Expected } from '../types.ts';
import { block, product } from './scatter.ts';
import { around, expectedOf } from './statistics.ts';

/**
 * What one kernel matrix pair (K, L), diagonals set to 0, says of each row:
 * products (KL)ᵢᵢ = Σⱼ Kᵢⱼ Lᵢⱼ, row sums K1 and L1, and K(L1), L(K1).
 */
export interface KernelSums {
  readonly products: Float64Array;
  readonly sumsK: Float64Array;
  readonly sumsL: Float64Array;
  readonly crossK: Float64Array;
  readonly crossL: Float64Array;
}

/**
 * The unbiased HSIC of all n rows and, for each i, of all but row i:
 * (tr KL + 1ᵀK1·1ᵀL1/((n−1)(n−2)) − 2·1ᵀKL1/(n−2)) / (n(n−3)).
 */
export interface Hsic {
  readonly value: number;
  readonly without: Float64Array;
}

export function unbiasedHsic(sums: KernelSums): Hsic {
  const { products, sumsK, sumsL, crossK, crossL } = sums;
  const n = products.length;
  const trace = sumOf(products);
  const k = sumOf(sumsK);
  const l = sumOf(sumsL);
  let inner = 0;
  for (let i = 0; i < n; i++) inner += sumsK[i] * sumsL[i];
  const of = (m: number, t: number, sk: number, sl: number, kl: number) =>
    (t + (sk * sl) / ((m - 1) * (m - 2)) - (2 * kl) / (m - 2)) / (m * (m - 3));
  const without = Float64Array.from({ length: n }, (_, i) =>
    of(
      n - 1,
      trace - 2 * products[i],
      k - 2 * sumsK[i],
      l - 2 * sumsL[i],
      inner - sumsK[i] * sumsL[i] - crossK[i] - crossL[i] + products[i],
    ),
  );
  return { value: of(n, trace, k, l, inner), without };
}

/** The HSIC of K with L, of K with K, of L with L, and the skewness factors of the two spectra. */
export interface AlignmentParts {
  readonly kl: Hsic;
  readonly kk: Hsic;
  readonly ll: Hsic;
  /** Σλ³/(Σλ²)^{3/2} of each kernel's spectrum. */
  readonly skew: { readonly k: number; readonly l: number };
  /** Rows the value comes from. */
  readonly n: number;
}

/**
 * Debiased CKA, HSIC(K, L)/√(HSIC(K, K)·HSIC(L, L)), with the jackknife's interval and the law under
 * permuted rows: mean 0 and variance 2/(n(n−3)), both exact for whatever kernels; its tail from the
 * skewness of the limit law Σ λᵢμⱼ(Zᵢⱼ² − 1).
 */
export function debiasedAlignment({ kl, kk, ll, skew, n }: AlignmentParts): Compared {
  const ratio = (cross: number, k: number, l: number) =>
    k > 0 && l > 0 ? cross / Math.sqrt(k * l) : NaN;
  const value = ratio(kl.value, kk.value, ll.value);
  if (Number.isNaN(value)) {
    const which = kk.value > 0 ? 'B' : 'A';
    return { value, warnings: [`the rows of ${which} do not differ more than by chance.`] };
  }
  const without = kl.without.map((cross, i) => ratio(cross, kk.without[i], ll.without[i]));
  const error = without.some(Number.isNaN) ? NaN : jackknifeError(without);
  return { value, ...around(value, error, -1, 1), null: permutedLaw(value, n, skew) };
}

export function permutedLaw(value: number, n: number, skew: AlignmentParts['skew']): Expected {
  const moments = {
    mean: 0,
    sd: Math.sqrt(2 / (n * (n - 3))),
    skewness: Math.min(Math.sqrt(8), Math.SQRT2 * 2 * skew.k * skew.l),
  };
  const how = 'permuted rows: exact mean and variance, tail of a gamma law of the limit’s skewness';
  return expectedOf(moments, value, how);
}

/** Σλ³/(Σλ²)^{3/2} of an m × m kernel, from cycles of distinct rows of its U-centred form. */
export function spectralSkewness(kernel: Matrix): number {
  const m = kernel.rows;
  const u = uncentered(kernel);
  const squared = product(u, transposed(u));
  let second = 0;
  let third = 0;
  for (let i = 0; i < u.data.length; i++) {
    second += u.data[i] * u.data[i];
    third += u.data[i] * squared.data[i];
  }
  // Cycles of two and three rows, each as a mean over distinct rows.
  const pairs = second / (m * (m - 3));
  const triples = third / (m * (m - 1) * (m - 2));
  return pairs > 0 ? Math.min(1, Math.max(0, triples / (pairs * Math.sqrt(pairs)))) : 0;
}

/** Székely and Rizzo's U-centred matrix: rows sum to 0 and the diagonal is 0. */
function uncentered(kernel: Matrix): Matrix<Float64Array> {
  const m = kernel.rows;
  const out = block({ ...kernel, data: Float64Array.from(kernel.data) }, 0, 0, m, m);
  const sums = new Float64Array(m);
  let total = 0;
  for (let i = 0; i < m; i++) {
    out.data[i * m + i] = 0;
    for (let j = 0; j < m; j++) sums[i] += out.data[i * m + j];
    total += sums[i];
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      if (i === j) continue;
      out.data[i * m + j] += total / ((m - 1) * (m - 2)) - (sums[i] + sums[j]) / (m - 2);
    }
  }
  return out;
}
