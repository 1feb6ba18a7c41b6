import { exp, log } from '../../core/numeric.ts';
import { normalTail, Z95 } from './normal.ts';
import { logGamma } from './special.ts';

/** P(G ≤ x) for G of the gamma law with that shape and scale 1: the regularised incomplete gamma function. */
export function gammaCdf(shape: number, x: number): number {
  return gammaShares(shape, x)[0];
}

/** P(G > x), to full relative precision where it is small. */
export function gammaTail(shape: number, x: number): number {
  return gammaShares(shape, x)[1];
}

function gammaShares(shape: number, x: number): readonly [below: number, above: number] {
  if (!(x > 0)) return [0, 1];
  const front = exp(shape * log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= x / (shape + k);
      sum += term;
    }
    const below = Math.min(1, front * sum);
    return [below, 1 - below];
  }
  // Legendre's continued fraction of the upper tail, by Lentz's method.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 100_000; k++) {
    const a = k * (shape - k);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return [1 - front * h, front * h];
}

/** The x with P(G ≤ x) = p, 0 < p < 1, shape ≥ ½, by bisection between the bounds of a doubling search. */
export function gammaQuantile(shape: number, p: number): number {
  let high = shape + 1;
  while (gammaCdf(shape, high) < p) high *= 2;
  let low = 0;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (gammaCdf(shape, middle) < p) low = middle;
    else high = middle;
    if (high - low <= 1e-15 * high) break;
  }
  return (low + high) / 2;
}

/** The p-quantile of χ² with d degrees of freedom. */
export function chiSquaredQuantile(d: number, p: number): number {
  return 2 * gammaQuantile(d / 2, p);
}

/** Beyond this the gamma law is normal to well below what its use here needs. */
const NORMAL_SHAPE = 1e6;

/**
 * The 2.5 % and 97.5 % points, in standard deviations from the mean, of the shifted gamma law with
 * that skewness (Pearson's type III); the normal law at skewness 0.
 */
export function skewedInterval(skewness: number): readonly [low: number, high: number] {
  const shape = 4 / (skewness * skewness);
  if (!(shape < NORMAL_SHAPE)) return [-Z95, Z95];
  const standard = (p: number) => (gammaQuantile(shape, p) - shape) / Math.sqrt(shape);
  return skewness > 0 ? [standard(0.025), standard(0.975)] : [-standard(0.975), -standard(0.025)];
}

/**
 * P(X > z) for X of mean 0, variance 1 and that skewness, by the shifted gamma law; the normal law at
 * skewness 0. Small ones lose no digits; relative error about 1e-15 times the shape 4/skewness².
 */
export function skewedTail(skewness: number, z: number): number {
  const shape = 4 / (skewness * skewness);
  if (!(shape < NORMAL_SHAPE)) return normalTail(z);
  const away = z * Math.sqrt(shape);
  return skewness > 0 ? gammaTail(shape, shape + away) : gammaCdf(shape, shape - away);
}
