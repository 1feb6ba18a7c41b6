/**
 * x ← H x for `length` numbers from `from` on, H the Hadamard matrix over the root of its size: orthogonal and its own
 * inverse. `length` is a power of two. O(length · log length).
 */
export function hadamardInPlace(x: Float64Array, from: number, length: number): void {
  const end = from + length;
  for (let half = 1; half < length; half *= 2) {
    for (let block = from; block < end; block += 2 * half) {
      for (let i = block; i < block + half; i++) {
        const a = x[i];
        const b = x[i + half];
        x[i] = a + b;
        x[i + half] = a - b;
      }
    }
  }
  const scale = 1 / Math.sqrt(length);
  for (let i = from; i < end; i++) x[i] *= scale;
}
