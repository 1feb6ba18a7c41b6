import { log, pow } from '../../../core/numeric.ts';

/** Products after which there is a chance to end. */
const PIECE = 2e7;

/**
 * The Riesz energy of n points of S^{d−1}, in a form fit for minimisation whatever s is:
 * f = ln(Σ_{i<j} r_ij^{−s})/s for s > 0, and −Σ ln r_ij/N over the N pairs for s = 0.
 *
 * f falls exactly where the energy falls. Rows before `frozen` do not move.
 */
export class RieszFunction {
  readonly #s: number;
  readonly #d: number;
  readonly #frozen: number;

  constructor(s: number, d: number, frozen: number) {
    this.#s = s;
    this.#d = d;
    this.#frozen = frozen;
  }

  /** Σ r^{−s}, or −Σ ln r for s = 0: the energy itself. */
  energy(x: Float64Array, between?: () => void): number {
    return this.#sum(x, undefined, between);
  }

  /** `between` is called between pieces of the pairs, and may throw to end it. */
  readonly evaluate = (x: Float64Array, gradient: Float64Array, between?: () => void): number => {
    gradient.fill(0);
    const energy = this.#sum(x, gradient, between);
    const n = x.length / this.#d;
    const pairs = (n * (n - 1)) / 2;
    const s = this.#s;
    const factor = s === 0 ? 1 / pairs : 1 / energy;
    projectScaled(x, gradient, this.#d, this.#frozen, factor);
    return s === 0 ? energy / pairs : log(energy) / s;
  };

  /** The energy; its gradient over s (s = 0: its gradient) is added to `g`. */
  #sum(x: Float64Array, g: Float64Array | undefined, between: () => void = () => {}): number {
    const d = this.#d;
    const s = this.#s;
    let sum = 0;
    let piece = 0;
    for (let i = d; i < x.length; i += d) {
      let row = 0;
      piece += i;
      if (piece > PIECE) {
        piece = 0;
        between();
      }
      for (let j = 0; j < i; j += d) {
        let squared = 0;
        for (let k = 0; k < d; k++) {
          const difference = x[i + k] - x[j + k];
          squared += difference * difference;
        }
        squared = Math.max(squared, 1e-24);
        const term = termOf(squared, s);
        row += term;
        if (!g) continue;
        // dE/dr² is −(s/2)·r^{−s−2}; over s, and −1/(2r²) for the logarithm. x_j − x_i carries the 2.
        const push = (s === 0 ? 1 : term) / squared;
        for (let k = 0; k < d; k++) {
          g[i + k] += push * x[j + k];
          g[j + k] += push * x[i + k];
        }
      }
      sum += row;
    }
    return sum;
  }
}

function termOf(squared: number, s: number): number {
  if (s === 1) return 1 / Math.sqrt(squared);
  if (s === 2) return 1 / squared;
  if (s === 0) return -log(squared) / 2;
  return pow(squared, -s / 2);
}

function projectScaled(
  x: Float64Array,
  g: Float64Array,
  d: number,
  frozen: number,
  factor: number,
): void {
  g.fill(0, 0, frozen * d);
  for (let i = frozen * d; i < x.length; i += d) {
    let radial = 0;
    for (let k = i; k < i + d; k++) radial += g[k] * x[k];
    for (let k = i; k < i + d; k++) g[k] = factor * (g[k] - radial * x[k]);
  }
}
