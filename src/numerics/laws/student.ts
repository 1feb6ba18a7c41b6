import { betainc, betaincInverse } from './special.ts';

/** The t with P(|T| ≤ t) = level for Student's law with that many degrees of freedom. */
export function studentQuantile(level: number, degrees: number): number {
  const { x, complement } = betaincInverse(degrees / 2, 0.5, 1 - level);
  return Math.sqrt((degrees * complement) / x);
}

/** Two-sided p-value of a correlation r of n pairs, by Student's law with n − 2 degrees of freedom. */
export function correlationPValue(r: number, n: number): number {
  const freedom = n - 2;
  const rest = 1 - r * r;
  return betainc(freedom / 2, 0.5, rest, r * r);
}
