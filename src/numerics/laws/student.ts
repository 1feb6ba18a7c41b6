import { betaincInverse } from './special.ts';

/** The t with P(|T| ≤ t) = level for Student's law with that many degrees of freedom. */
export function studentQuantile(level: number, degrees: number): number {
  const { x, complement } = betaincInverse(degrees / 2, 0.5, 1 - level);
  return Math.sqrt((degrees * complement) / x);
}
