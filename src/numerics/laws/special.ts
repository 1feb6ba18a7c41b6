/**
 * Special functions on `numeric.ts` alone, so every platform gets the same bits.
 *
 * Relative errors are about 1e-14, except where a result is a difference of large logarithms (named
 * beside it). Arguments outside the stated ranges give NaN.
 */
import { atan2, cos, exp, log } from '../../core/numeric.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** B₂ₖ / (2k(2k−1)), k = 1 … 8: Stirling's series for ln Γ. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
];
/** B₂ₖ / (2k), k = 1 … 7: the asymptotic series of ψ. */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12];
/** From here on eight terms of Stirling's series are exact to rounding. */
const LARGE = 16;

/** ln Γ(x) for x > 0; absolute error about 1e-14 (rounding at the shifted argument), or 2e-16 · |ln Γ| where that is more. */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  let product = 1;
  let z = x;
  for (; z < LARGE; z++) product *= z;
  const square = 1 / (z * z);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * square + STIRLING[k];
  return (z - 0.5) * log(z) - z + HALF_LOG_TWO_PI + series / z - log(product);
}

/** ψ(x) = d/dx ln Γ(x) for x > 0. */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let sum = 0;
  let z = x;
  for (; z < LARGE; z++) sum -= 1 / z;
  const square = 1 / (z * z);
  let series = 0;
  for (let k = DIGAMMA.length - 1; k >= 0; k--) series = (series + DIGAMMA[k]) * square;
  return sum + log(z) - 0.5 / z - series;
}

/** ln |Γ(a + ib)| for a > 0. */
export function logGammaModulus(a: number, b: number): number {
  if (!(a > 0)) return NaN;
  let shift = 0;
  let x = a;
  for (; x < LARGE; x++) shift += 0.5 * log(x * x + b * b);
  const squared = x * x + b * b;
  // w = 1/z² and the real part of Σ cₖ wᵏ / z, by Horner in complex numbers.
  const wRe = (x * x - b * b) / (squared * squared);
  const wIm = (-2 * x * b) / (squared * squared);
  let re = 0;
  let im = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) {
    const next = re * wRe - im * wIm + STIRLING[k];
    im = re * wIm + im * wRe;
    re = next;
  }
  const series = (re * x + im * b) / squared;
  return (x - 0.5) * 0.5 * log(squared) - b * atan2(b, x) - x + HALF_LOG_TWO_PI + series - shift;
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b). */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * ln ₀F₁(; b; x) = ln Σₖ Γ(b)/Γ(b + k) · xᵏ/k! for b > 0, x ≥ 0.
 *
 * All terms are positive; summing outwards from the largest keeps every partial sum in range.
 */
export function logHypergeometric0F1(b: number, x: number): number {
  if (!(b > 0) || !(x >= 0)) return NaN;
  if (x === 0) return 0;
  // The ratio of terms k+1 and k, x/((b+k)(k+1)), passes 1 at the positive root of a quadratic.
  const h = (b - 1) / 2;
  const peak = Math.max(0, Math.floor((x - b) / (h + 1 + Math.sqrt(h * h + x))));
  let sum = 1;
  let term = 1;
  for (let k = peak; term > 1e-18 * sum; k++) {
    term *= x / ((b + k) * (k + 1));
    sum += term;
  }
  term = 1;
  for (let k = peak; k > 0 && term > 1e-18 * sum; k--) {
    term *= ((b + k - 1) * k) / x;
    sum += term;
  }
  return logGamma(b) - logGamma(b + peak) - logGamma(peak + 1) + peak * log(x) + log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0, 0 ≤ x ≤ 1.
 *
 * Pass `complement` = 1 − x where it is known more exactly than by subtraction (x near 1).
 */
export function betainc(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0) || !(complement >= 0)) return NaN;
  if (x === 0) return 0;
  if (complement === 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - exp(logLowerTail(b, a, complement, x));
  return exp(logLowerTail(a, b, x, complement));
}

/** ln I_x(a, b) by the continued fraction (NIST DLMF 8.17.22); fast for x ≤ (a+1)/(a+b+2). */
function logLowerTail(a: number, b: number, x: number, y: number, norm = logBeta(a, b)): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let delta = 1;
    // No array of the two: this is where readings of dimensions spend their time.
    for (let half = 0; half < 2; half++) {
      const coefficient = half === 0 ? even : odd;
      d = 1 + coefficient * d;
      c = 1 + coefficient / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      if (Math.abs(c) < tiny) c = tiny;
      delta *= d * c;
    }
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return a * log(x) + b * log(y) - norm - log(a) + log(h);
}

/** A number of [0, 1] and 1 minus it, each to full relative precision. */
export interface Share {
  readonly x: number;
  readonly complement: number;
}

/**
 * The inverse of I_x(a, b) in x: I_x(a, b) = p for a, b > 0, 0 ≤ p ≤ 1.
 *
 * Pass `upper` = 1 − p where it is known more exactly than by subtraction (p near 1).
 */
export function betaincInverse(a: number, b: number, p: number, upper = 1 - p): Share {
  if (!(a > 0) || !(b > 0) || !(p >= 0) || !(upper >= 0)) return { x: NaN, complement: NaN };
  if (p === 0) return { x: 0, complement: 1 };
  if (upper === 0) return { x: 1, complement: 0 };
  if (upper < p) {
    const mirrored = betaincInverse(b, a, upper, p);
    return { x: mirrored.complement, complement: mirrored.x };
  }
  // ln I is concave and increasing in u = ln(x/(1−x)), so Newton's method converges from anywhere.
  const target = log(p);
  const norm = logBeta(a, b);
  let u = log(a / b);
  let share = shareOfLogit(u);
  for (let step = 0; step < 200; step++) {
    const { x, complement: y } = share;
    const value =
      x > (a + 1) / (a + b + 2)
        ? log(1 - exp(logLowerTail(b, a, y, x, norm)))
        : logLowerTail(a, b, x, y, norm);
    const slope = exp(a * log(x) + b * log(y) - norm - value);
    const change = (target - value) / slope;
    // Far right of the root the slope vanishes and a full step would leave the number range.
    u = Math.max(u + change, Math.min(u, 0) * 2 - 50);
    share = shareOfLogit(u);
    if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(u))) break;
  }
  return share;
}

function shareOfLogit(u: number): Share {
  if (u < 0) {
    const e = exp(u);
    return { x: e / (1 + e), complement: 1 / (1 + e) };
  }
  const e = exp(-u);
  return { x: 1 / (1 + e), complement: e / (1 + e) };
}

/** Nodes of a quadrature rule on [−1, 1], ascending, and their weights. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Quadrature>();

/** The Gauss–Legendre rule with n nodes: exact for polynomials of degree 2n − 1. Shared: read only. */
export function gaussLegendre(n: number): Quadrature {
  const known = rules.get(n);
  if (known) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < (n + 1) >> 1; i++) {
    let x = 2 * i + 1 === n ? 0 : cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let below = 1;
      let value = x;
      for (let k = 2; k <= n; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * below) / k;
        below = value;
        value = next;
      }
      slope = (n * (below - x * value)) / ((1 - x) * (1 + x));
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = 2 / ((1 - x) * (1 + x) * slope * slope);
    weights[n - 1 - i] = weights[i];
  }
  const rule = { nodes, weights };
  rules.set(n, rule);
  return rule;
}
