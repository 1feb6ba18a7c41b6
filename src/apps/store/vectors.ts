/** A vector at length 1; zeros stay. */
export function unit(vector: ArrayLike<number>): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return Float32Array.from(vector, (x) => (length > 0 ? x / length : 0));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}

/** Σ wᵢ·vᵢ of vectors of one length; all weights 1 where none are given. */
export function sumOf(
  vectors: readonly ArrayLike<number>[],
  weights?: readonly number[],
): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  for (const [i, vector] of vectors.entries()) {
    const weight = weights?.[i] ?? 1;
    for (let c = 0; c < sum.length; c++) sum[c] += weight * vector[c];
  }
  return sum;
}
