import type { Random } from '../../../../core/random.ts';
import { meanSquaredError, operation, scale, type Tensor } from '../../../../learning/index.ts';

/** mean_i (1 − ⟨xᵢ, yᵢ⟩) of unit rows, which is half their mean squared distance. */
export function cosineLoss(x: Tensor, y: Tensor): Tensor {
  return scale(meanSquaredError(x, y), x.shape[1] / 2);
}

/** Pairs of rows of which the teacher holds the first of two to be less alike than the second. */
export interface OrderedPairs {
  /** Places a·n + b in the products of n rows. */
  readonly lower: Int32Array;
  /** Places c·n + d. */
  readonly higher: Int32Array;
}

/** Draws two pairs of different rows `count` times, in the order of the teacher's products; equal ones are left out. */
export function orderedPairs(
  products: ArrayLike<number>,
  n: number,
  count: number,
  random: Random,
): OrderedPairs {
  const pair = () => {
    const a = random.integer(n);
    const b = random.integer(n - 1);
    return a * n + (b < a ? b : b + 1);
  };
  const lower: number[] = [];
  const higher: number[] = [];
  for (let i = 0; i < count; i++) {
    const [first, second] = [pair(), pair()];
    if (products[first] === products[second]) continue;
    const isLower = products[first] < products[second];
    lower.push(isLower ? first : second);
    higher.push(isLower ? second : first);
  }
  return { lower: Int32Array.from(lower), higher: Int32Array.from(higher) };
}

/**
 * How far the products S of a student's rows, n × n, are from the order of its teacher, m pairs of pairs:
 *
 *     L = 1/m Σ [margin + S_ab − S_cd]₊ over (a, b) less alike than (c, d);   0 where m is 0
 */
export function orderLoss(
  products: Tensor,
  { lower, higher }: OrderedPairs,
  margin: number,
): Tensor {
  const m = Math.max(1, lower.length);
  return operation('orderLoss', [products], [], {
    forward({ inputs: [s], out }) {
      let total = 0;
      for (let e = 0; e < lower.length; e++)
        total += Math.max(0, margin + s[lower[e]] - s[higher[e]]);
      out[0] = total / m;
    },
    backward({ inputs: [s], gradient, to: [toS] }) {
      if (!toS) return;
      toS.fill(0);
      for (let e = 0; e < lower.length; e++) {
        if (margin + s[lower[e]] - s[higher[e]] <= 0) continue;
        toS[lower[e]] += gradient[0] / m;
        toS[higher[e]] -= gradient[0] / m;
      }
    },
  });
}
