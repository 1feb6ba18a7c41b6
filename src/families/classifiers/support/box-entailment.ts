import type { Floats } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';

/** Boxes, one after the other: m numbers of the center, then m half widths. */
export interface Boxes {
  readonly data: Floats;
  /** m */
  readonly dim: number;
}

/** T of the soft volume, as in the paper. */
export const TEMPERATURE = 0.2;

/** ε: logarithms of probabilities are at most −ε. */
export const LEAST = 1e-6;

/** T·log(1 + e^{u/T}): the soft half width of a side that may be empty. */
export function softWidth(u: number): number {
  const z = u / TEMPERATURE;
  const e = exp(-Math.abs(z));
  // 1 + e loses digits of a small e; the series is right to e²/3 of itself.
  return TEMPERATURE * (Math.max(z, 0) + (e < 1e-5 ? e * (1 - e / 2) : log(1 + e)));
}

/** Half the length that the sides of box a, number i, and of box b, number j, have in common along axis k; negative: their gap. */
export function halfOverlap(a: Boxes, i: number, b: Boxes, j: number, k: number): number {
  const { dim } = a;
  const [atA, atB] = [2 * i * dim + k, 2 * j * dim + k];
  const x = a.data[atA];
  const s = a.data[atA + dim];
  const y = b.data[atB];
  const t = b.data[atB + dim];
  return (Math.min(x + s, y + t) - Math.max(x - s, y - t)) / 2;
}

/** Ratios below this are taken to the logarithm before the product could vanish. */
const SMALL = 1e-200;

/** log P(b | a) = Σ log(soft width of the common sides/soft width of a's), at most −ε: how far box j of b contains box i of a. */
export function logEntailment(a: Boxes, i: number, b: Boxes, j: number): number {
  const { dim } = a;
  let [sum, product] = [0, 1];
  for (let k = 0; k < dim; k++) {
    const s = a.data[(2 * i + 1) * dim + k];
    const u = halfOverlap(a, i, b, j, k);
    if (u >= s) continue;
    product *= softWidth(u) / softWidth(s);
    if (product < SMALL) [sum, product] = [sum + log(product), 1];
  }
  return Math.min(sum + log(product), -LEAST);
}

/** log(1 − e^x) for x < 0. */
export function logOfRest(x: number): number {
  // Near 0 the difference cancels: 1 − e^x = −x − x²/2 − …
  return log(x > -1e-4 ? -x * (1 + x / 2) : 1 - exp(x));
}
