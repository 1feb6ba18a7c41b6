import type { Matrix } from '../../../core/matrix.ts';

export interface Coverage {
  /** The share of the real rows with a drawn one nearer than their k-th real neighbor. */
  readonly coverage: number;
  /** The share of the drawn rows that lie so near to a real one. */
  readonly precision: number;
}

/**
 * How well drawn rows cover real ones (Naeem et al. 2020) and how many of them lie where real ones do (Kynkäänniemi
 * et al. 2019), by the balls about real rows that reach to the k-th of their real neighbors. O(n·(n + m)·d).
 */
export function coverageOf(real: Matrix, drawn: Matrix, k: number): Coverage {
  let covered = 0;
  const isNear = new Uint8Array(drawn.rows);
  const distances = new Float64Array(real.rows);
  for (let i = 0; i < real.rows; i++) {
    for (let j = 0; j < real.rows; j++)
      distances[j] = i === j ? Infinity : squaredDistance(real, i, real, j);
    const reach = distances.toSorted()[Math.min(k, real.rows - 1) - 1] ?? 0;
    let isCovered = false;
    for (let j = 0; j < drawn.rows; j++) {
      if (squaredDistance(real, i, drawn, j) > reach) continue;
      isCovered = true;
      isNear[j] = 1;
    }
    if (isCovered) covered += 1;
  }
  const near = isNear.reduce((sum, each) => sum + each, 0);
  return { coverage: covered / real.rows, precision: near / drawn.rows };
}

function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  const d = a.cols;
  let sum = 0;
  for (let c = 0; c < d; c++) sum += (a.data[i * d + c] - b.data[j * d + c]) ** 2;
  return sum;
}
