import { operation, type Tensor } from '../../../../learning/index.ts';

/**
 * Triplets with the hardest negative of the batch, from the cosines S of n pairs, n × n:
 *
 *     L = mean_i ([m + max_{j≠i} S_ij − S_ii]₊ + [m + max_{j≠i} S_ji − S_ii]₊)/2
 */
export function hardestHinge(cosines: Tensor, margin: number): Tensor {
  const n = cosines.shape[0];
  return operation('hardestHinge', [cosines], [], {
    forward({ inputs: [s], out }) {
      let total = 0;
      for (let i = 0; i < n; i++)
        for (const negative of hardest(s, i, n))
          total += Math.max(0, margin + s[negative] - s[i * n + i]);
      out[0] = total / (2 * n);
    },
    backward({ inputs: [s], gradient, to: [toS] }) {
      if (!toS) return;
      toS.fill(0);
      const weight = gradient[0] / (2 * n);
      for (let i = 0; i < n; i++) {
        for (const negative of hardest(s, i, n)) {
          if (margin + s[negative] - s[i * n + i] <= 0) continue;
          toS[negative] += weight;
          toS[i * n + i] -= weight;
        }
      }
    },
  });
}

/** Where the largest other cosine of row i stands, and of column i. */
function hardest(s: ArrayLike<number>, i: number, n: number): readonly [number, number] {
  let [row, column] = [-1, -1];
  for (let j = 0; j < n; j++) {
    if (j === i) continue;
    if (row < 0 || s[i * n + j] > s[row]) row = i * n + j;
    if (column < 0 || s[j * n + i] > s[column]) column = j * n + i;
  }
  return [row, column];
}
