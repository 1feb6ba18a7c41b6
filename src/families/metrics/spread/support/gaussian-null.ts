import { exp, log } from '../../../../core/numeric.ts';
import { skewedInterval } from '../../../../numerics/laws/gamma.ts';
import { logGamma, logHypergeometric0F1 } from '../../../../numerics/laws/special.ts';

/**
 * ln λ_k: the eigenvalue of exp(−t·chord²) on the spherical harmonics of degree k in R^d,
 * λ_k = e^{−2t} tᵏ Γ(d/2)/Γ(d/2+k) ₀F₁(; d/2+k; t²). λ₀ = κ₀, the kernel's expectation under the
 * uniform distribution.
 */
export function logGaussianEigenvalue(k: number, t: number, d: number): number {
  const half = d / 2;
  return (
    -2 * t +
    k * log(t) +
    logGamma(half) -
    logGamma(half + k) +
    logHypergeometric0F1(half + k, t * t)
  );
}

/** ln of the number of independent harmonics of degree k ≥ 1 in R^d. */
export function logMultiplicity(k: number, d: number): number {
  if (d === 1) return k === 1 ? 0 : -Infinity;
  if (d === 2) return log(2);
  return log(2 * k + d - 2) + logGamma(k + d - 2) - logGamma(k + 1) - logGamma(d - 1);
}

/** Σ_{k≥1} h_k λ_kᵖ, h_k the multiplicity: p = 2 is the variance of the kernel between two points. */
export function gaussianPowerSum(p: number, t: number, d: number): number {
  let sum = 0;
  let before = 0;
  for (let k = 1; k < 10_000; k++) {
    const term = exp(logMultiplicity(k, d) + p * logGaussianEigenvalue(k, t, d));
    sum += term;
    if (term <= before && term <= 1e-17 * sum) break;
    before = term;
  }
  return sum;
}

/**
 * The law of U = mean over pairs of exp(−t·chord²) − κ₀ for n uniform points: mean 0, standard
 * deviation √(2 Var(k)/(n(n−1))), both exact, and a 95 % interval from the skewness of the limit
 * law n·U → Σ_k λ_k (χ²(h_k) − h_k).
 */
export function gaussianUniformLaw(
  t: number,
  n: number,
  d: number,
): { readonly sd: number; readonly low: number; readonly high: number } {
  const second = gaussianPowerSum(2, t, d);
  const third = gaussianPowerSum(3, t, d);
  const sd = Math.sqrt((2 * second) / (n * (n - 1)));
  const skewness = (8 * third) / (2 * second * Math.sqrt(2 * second));
  const [low, high] = skewedInterval(skewness);
  return { sd, low: low * sd, high: high * sd };
}
