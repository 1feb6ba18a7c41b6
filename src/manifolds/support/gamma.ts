import { log, pow } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';

/**
 * A draw from the gamma distribution with the given shape > 0 and scale 1.
 *
 * Marsaglia and Tsang, A simple method for generating gamma variables (2000); below shape 1 a draw
 * of shape + 1 times U^{1/shape}.
 */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * pow(1 - random.uniform(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const cube = 1 + c * x;
    if (cube <= 0) continue;
    const v = cube * cube * cube;
    if (log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

/** A draw of Beta(a, b) and of its complement, which keeps its digits where the draw is near 1. */
export function beta(random: Random, a: number, b: number): { value: number; complement: number } {
  const x = gamma(random, a);
  const y = gamma(random, b);
  return { value: x / (x + y), complement: y / (x + y) };
}
