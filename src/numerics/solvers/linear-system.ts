/** A square system, factored once. */
export interface LinearSystem {
  /** x with A x = b. */
  solution(b: ArrayLike<number>): Float64Array;
  /** x with Aᵀ x = b. */
  transposedSolution(b: ArrayLike<number>): Float64Array;
}

/** The system whose matrix has these columns, by elimination with partial pivoting; undefined where singular. */
export function linearSystem(columns: readonly Float64Array[]): LinearSystem | undefined {
  const n = columns.length;
  // Row-major P A = L U, in place.
  const lu = new Float64Array(n * n);
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < n; i++) lu[i * n + j] = column[i];
  }
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(lu[i * n + k]) > Math.abs(lu[pivot * n + k])) pivot = i;
    }
    if (!(Math.abs(lu[pivot * n + k]) > 1e-14)) return undefined;
    if (pivot !== k) {
      [order[k], order[pivot]] = [order[pivot], order[k]];
      for (let j = 0; j < n; j++) {
        [lu[k * n + j], lu[pivot * n + j]] = [lu[pivot * n + j], lu[k * n + j]];
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i * n + k] / lu[k * n + k];
      lu[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) lu[i * n + j] -= factor * lu[k * n + j];
    }
  }
  return {
    solution(b) {
      const x = Float64Array.from(order, (i) => b[i]);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[i] -= lu[i * n + j] * x[j];
      for (let i = n - 1; i >= 0; i--) {
        for (let j = i + 1; j < n; j++) x[i] -= lu[i * n + j] * x[j];
        x[i] /= lu[i * n + i];
      }
      return x;
    },
    transposedSolution(b) {
      const x = Float64Array.from(b);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) x[i] -= lu[j * n + i] * x[j];
        x[i] /= lu[i * n + i];
      }
      for (let i = n - 1; i >= 0; i--) for (let j = i + 1; j < n; j++) x[i] -= lu[j * n + i] * x[j];
      const out = new Float64Array(n);
      for (let i = 0; i < n; i++) out[order[i]] = x[i];
      return out;
    },
  };
}
