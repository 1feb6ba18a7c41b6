import { pow } from '../../../../core/numeric.ts';
import type { Random } from '../../../../core/random.ts';

/** A draw of Beta(a, a), 0 < a ≤ 1, by Jöhnk's rejection: x/(x + y) of x = u^{1/a}, y = v^{1/a} with x + y ≤ 1. */
export function betaDraw(random: Random, a: number): number {
  for (;;) {
    const [x, y] = [pow(1 - random.uniform(), 1 / a), pow(1 - random.uniform(), 1 / a)];
    if (x + y <= 1 && x + y > 0) return x / (x + y);
  }
}
