import { cbrt, exp, log, pow } from '../../core/numeric.ts';
import { Z95 } from '../laws/normal.ts';
import { studentQuantile } from '../laws/student.ts';
import { meanOf, squaresAboutMean } from './averages.ts';

/** Intervals are at this level unless a number says otherwise. */
export const LEVEL = 0.95;

/** A mean over rows or pairs, and its standard error for rows drawn like these. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** The 95 % interval of an estimate with a normal law. */
export function normalInterval({ value, standardError }: Estimate): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  const half = Z95 * standardError;
  return { value, low: value - half, high: value + half };
}

/** Mean of independent values and its standard error, sd/√n; NaN from a single value. */
export function meanEstimate(values: ArrayLike<number>): Estimate {
  const n = values.length;
  const standardError = n < 2 ? NaN : Math.sqrt(squaresAboutMean(values) / (n - 1) / n);
  return { value: meanOf(values), standardError };
}

/**
 * A 95 % interval of the mean of independent values of a skewed law: Student's, through Hall's transform
 * g(t) = t + γt²/(3√n) + γ²t³/(27n) + γ/(6√n), γ the skewness of the values (Hall, On the Removal of Skewness by
 * Transformation, 1992). A single value has none.
 */
export function skewedMeanInterval(values: ArrayLike<number>): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  const n = values.length;
  const { value, standardError } = meanEstimate(values);
  if (!(standardError > 0))
    return n < 2 ? { value, low: NaN, high: NaN } : { value, low: value, high: value };
  let cubes = 0;
  for (let i = 0; i < n; i++) cubes += pow(values[i] - value, 3) / n;
  const skewness = cubes / pow(standardError * Math.sqrt(n - 1), 3);
  const t = studentQuantile(0.95, n - 1);
  const root = Math.sqrt(n);
  // g⁻¹; the identity in the limit of no skewness.
  const straight = (x: number) =>
    Math.abs(skewness) < 1e-9
      ? x
      : ((3 * root) / skewness) * (cbrt(1 + skewness * (x / root - skewness / (6 * n))) - 1);
  return {
    value,
    low: value - straight(t) * standardError,
    high: value - straight(-t) * standardError,
  };
}

/** The 95 % interval of Wilson for a share of m independent trials. */
export function wilsonInterval(
  share: number,
  m: number,
): { readonly low: number; readonly high: number } {
  const z2 = 3.8414588206941227;
  const centre = (share + z2 / (2 * m)) / (1 + z2 / m);
  const half = Math.sqrt(z2 * ((share * (1 - share)) / m + z2 / (4 * m * m))) / (1 + z2 / m);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * The difference p − q of shares of m and of n independent trials, with Newcombe's 95 % interval from Wilson's two
 * (Statistics in Medicine 17, 1998, method 10).
 */
export function shareDifference(
  p: number,
  m: number,
  q: number,
  n: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const [a, b] = [wilsonInterval(p, m), wilsonInterval(q, n)];
  const value = p - q;
  return {
    value,
    low: value - Math.sqrt((p - a.low) ** 2 + (b.high - q) ** 2),
    high: value + Math.sqrt((a.high - p) ** 2 + (q - b.low) ** 2),
  };
}

/**
 * The 95 % interval of Spearman's correlation r of n pairs: by Fisher's transform with the variance
 * (1 + r²/2)/(n − 3) (Bonett and Wright 2000), times `wider`.
 */
export function spearmanInterval(
  r: number,
  n: number,
  wider = 1,
): { readonly low: number; readonly high: number } {
  const half = Z95 * Math.sqrt(((1 + r ** 2 / 2) / (n - 3)) * wider);
  const transformed = log((1 + r) / (1 - r)) / 2;
  return { low: tanh(transformed - half), high: tanh(transformed + half) };
}

function tanh(x: number): number {
  if (x === Infinity) return 1;
  if (x === -Infinity) return -1;
  const e = exp(-2 * Math.abs(x));
  return (Math.sign(x) * (1 - e)) / (1 + e);
}
