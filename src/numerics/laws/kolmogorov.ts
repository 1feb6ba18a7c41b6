import { exp } from '../../core/numeric.ts';

/** P(√n D > x) = 2 Σ_j (−1)^{j−1} exp(−2j²x²) for n → ∞. */
export function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++) {
    const term = exp(-2 * j * j * x * x);
    sum += j % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.max(0, Math.min(1, 2 * sum));
}
