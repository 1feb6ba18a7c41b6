/**
 * Laws of n independent uniform points on the unit sphere of R^d: angles of pairs, of nearest
 * neighbours, of the closest pair. Angles in radians.
 */
import { atan2, exp, log, sin } from '../../core/numeric.ts';
import { betainc, betaincInverse, gaussLegendre, logGamma } from '../../numerics/laws/special.ts';
import { logAngleConstant } from './expectation.ts';

/** The density of the angle of a pair, C_d sin^{d−2} θ with C_d = Γ(d/2)/(√π Γ((d−1)/2)); d ≥ 2. */
export function pairAngleDensity(theta: number, d: number): number {
  if (!(theta >= 0 && theta <= Math.PI)) return 0;
  const logConstant = logAngleConstant(d);
  if (d === 2) return exp(logConstant);
  return exp(logConstant + (d - 2) * log(Math.abs(sin(theta))));
}

/** P(angle of a pair ≤ θ) = ½ I_{sin²θ}((d−1)/2, ½) up to π/2, and by symmetry beyond. */
export function pairAngleCdf(theta: number, d: number): number {
  if (theta < 0) return 0;
  if (theta >= Math.PI) return 1;
  // S⁰ is two points: the angle is 0 or π, with equal chance.
  if (d === 1) return 0.5;
  if (theta > Math.PI / 2) return 1 - pairAngleCdf(Math.PI - theta, d);
  const sine = sin(theta);
  const cosine = sin(Math.PI / 2 - theta);
  return 0.5 * betainc((d - 1) / 2, 0.5, sine * sine, cosine * cosine);
}

/** The angle θ with P(angle of a pair ≤ θ) = p. */
export function pairAngleQuantile(p: number, d: number): number {
  if (d === 1) return p <= 0.5 ? 0 : Math.PI;
  if (p > 0.5) return Math.PI - pairAngleQuantile(1 - p, d);
  const { x, complement } = betaincInverse((d - 1) / 2, 0.5, 2 * p);
  return atan2(Math.sqrt(x), Math.sqrt(complement));
}

/** P(the nearest of the other n − 1 points is within θ) = 1 − (1 − F(θ))^{n−1}; exact. */
export function nearestAngleCdf(theta: number, n: number, d: number): number {
  return atLeastOne(pairAngleCdf(theta, d), n - 1);
}

/** Its density (n − 1) f(θ) (1 − F(θ))^{n−2}; d ≥ 2. */
export function nearestAngleDensity(theta: number, n: number, d: number): number {
  const none = 1 - atLeastOne(pairAngleCdf(theta, d), n - 2);
  return (n - 1) * pairAngleDensity(theta, d) * none;
}

/** The angle θ with P(nearest ≤ θ) = p. */
export function nearestAngleQuantile(p: number, n: number, d: number): number {
  return pairAngleQuantile(chanceOfOne(p, n - 1), d);
}

/** Mean angle to the nearest other point, ∫₀^π (1 − F)^{n−1} dθ; exact. */
export function nearestAngleMean(n: number, d: number): number {
  if (d === 1) return Math.PI * 0.5 ** (n - 1);
  // Below the first bound nobody is near, above the last somebody is: only the fall is integrated.
  const bounds = [1e-18, 1e-6, 0.01, 0.3, 0.8, 0.99, 1 - 1e-6, 1 - 1e-15].map((p) =>
    nearestAngleQuantile(p, n, d),
  );
  const { nodes, weights } = gaussLegendre(24);
  let mean = bounds[0];
  for (let b = 1; b < bounds.length; b++) {
    const half = (bounds[b] - bounds[b - 1]) / 2;
    const middle = (bounds[b] + bounds[b - 1]) / 2;
    for (let i = 0; i < nodes.length; i++) {
      mean += half * weights[i] * (1 - nearestAngleCdf(middle + half * nodes[i], n, d));
    }
  }
  return mean;
}

/**
 * The angle θ with P(smallest of all pairs ≤ θ) = p, from 1 − (1 − F)^{n(n−1)/2}.
 *
 * Asymptotic (Cai, Fan, Jiang 2013): pairs are independent two by two, not all together; the error
 * of the probability is at most (4n − 7) F(θ) (Chen and Stein). Exact for n = 2. Where only some of the pairs are
 * looked at, `pairs` says how many.
 */
export function smallestAngleQuantile(
  p: number,
  n: number,
  d: number,
  pairs = (n * (n - 1)) / 2,
): number {
  return pairAngleQuantile(chanceOfOne(p, pairs), d);
}

/** E ‖mean of n points‖ ≈ √(2/(nd)) Γ((d+1)/2)/Γ(d/2): a normal law for the mean, exact for n → ∞. */
export function meanResultantLength(n: number, d: number): number {
  return Math.sqrt(2 / (n * d)) * exp(logGamma((d + 1) / 2) - logGamma(d / 2));
}

/** 1 − (1 − p)^k without loss for small p. */
function atLeastOne(p: number, k: number): number {
  return p >= 1 ? (k > 0 ? 1 : 0) : -expm1(k * log1p(-p));
}

/** The p with 1 − (1 − p)^k = total. */
function chanceOfOne(total: number, k: number): number {
  return total >= 1 ? 1 : -expm1(log1p(-total) / k);
}

/** ln(1 + x), accurate for small x. */
function log1p(x: number): number {
  const y = 1 + x;
  return y === 1 ? x : (log(y) * x) / (y - 1);
}

/** eˣ − 1, accurate for small x. */
function expm1(x: number): number {
  const y = exp(x);
  if (y === 1) return x;
  return y < 1e-16 ? -1 : ((y - 1) * x) / log(y);
}
