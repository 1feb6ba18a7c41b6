import { ceilRoot, radicesFrom } from './mixed-radix.ts';

type Three = readonly [number, number, number];

/** The shape of a chain of three cores. */
export interface Train {
  /** Rows of each core; their product is at least the number of ids. */
  readonly places: Three;
  /** Columns of the vectors that each core gives; their product is dim. */
  readonly widths: Three;
  readonly ranks: readonly [number, number];
  /** Rows × columns of each core. */
  readonly shapes: readonly (readonly [number, number])[];
}

/** The train of `size` vectors of `dim` columns with ranks of at most `rank`: higher than its ends are wide says no more. */
export function trainOf(size: number, dim: number, rank: number): Train {
  const [n1, n2 = 1, n3 = 1] = radicesFrom(ceilRoot(size, 3), size, 3);
  const [d1, d2, d3] = threeFactors(dim);
  const [r1, r2] = [Math.min(rank, n1 * d1), Math.min(rank, n3 * d3)];
  return {
    places: [n1, n2, n3],
    widths: [d1, d2, d3],
    ranks: [r1, r2],
    shapes: [
      [n1, d1 * r1],
      [n2, r1 * d2 * r2],
      [n3, r2 * d3],
    ],
  };
}

export function coreBytes({ shapes }: Train): number {
  return shapes.reduce((sum, [rows, cols]) => sum + 4 * rows * cols, 0);
}

/** Three whole factors with the least sum, the smallest in the middle, where the rank counts twice. */
export function threeFactors(dim: number): Three {
  let best: Three = [1, 1, dim];
  for (let a = 1; a * a * a <= dim; a++)
    for (let b = a; a * b * b <= dim; b++) {
      const c = dim / (a * b);
      if (Number.isInteger(c) && a + b + c < best[0] + best[1] + best[2]) best = [b, a, c];
    }
  return best;
}
