import type { Matrix } from '../../../core/matrix.ts';

/** ⟨θ, aᵢ⟩ of each row. */
export function scoresOf(a: Matrix, theta: Float64Array): Float64Array {
  const { data, rows: n, cols: d } = a;
  const out = new Float64Array(n);
  // Each sum waits for its last addition: four rows at a time; rows beyond the last are the last again.
  for (let i = 0; i < n; i += 4) {
    const [p0, p1, p2, p3] = [i, i + 1, i + 2, i + 3].map((row) => Math.min(row, n - 1) * d);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const weight = theta[c];
      s0 += data[p0 + c] * weight;
      s1 += data[p1 + c] * weight;
      s2 += data[p2 + c] * weight;
      s3 += data[p3 + c] * weight;
    }
    out.set([s0, s1, s2, s3].slice(0, n - i), i);
  }
  return out;
}

/** yᵢ − ⟨θ, aᵢ⟩ of each row. */
export function residualsOf(a: Matrix, y: Float64Array, theta: Float64Array): Float64Array {
  return scoresOf(a, theta).map((score, i) => y[i] - score);
}
