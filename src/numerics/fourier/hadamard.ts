/**
 * x ← H x for `length` numbers from `from` on, H the Hadamard matrix over the root of its size: orthogonal and its own
 * inverse. `length` is a power of two. O(length · log length).
 */
export function hadamardInPlace(x: Float64Array, from: number, length: number): void {
  const end = from + length;
  let step = 1;
  for (; 8 * step <= length; step *= 8) threeLevels(x, from, end, step);
  for (; step < length; step *= 2) oneLevel(x, from, end, step);
  const scale = 1 / Math.sqrt(length);
  for (let i = from; i < end; i++) x[i] *= scale;
}

/** Sums and differences of numbers that lie `step` apart. */
function oneLevel(x: Float64Array, from: number, end: number, step: number): void {
  for (let block = from; block < end; block += 2 * step) {
    for (let i = block; i < block + step; i++) {
      const a = x[i];
      const b = x[i + step];
      x[i] = a + b;
      x[i + step] = a - b;
    }
  }
}

/** Three levels at once: the same sums, and each number is read and written once instead of three times. */
function threeLevels(x: Float64Array, from: number, end: number, step: number): void {
  for (let block = from; block < end; block += 8 * step) {
    for (let i = block; i < block + step; i++) {
      // Plain constants: arrays that are taken apart are made first, in the innermost loop.
      const p = i + 2 * step;
      const q = i + 4 * step;
      const r = i + 6 * step;
      const a0 = x[i] + x[i + step];
      const a1 = x[i] - x[i + step];
      const a2 = x[p] + x[p + step];
      const a3 = x[p] - x[p + step];
      const a4 = x[q] + x[q + step];
      const a5 = x[q] - x[q + step];
      const a6 = x[r] + x[r + step];
      const a7 = x[r] - x[r + step];
      const b0 = a0 + a2;
      const b1 = a1 + a3;
      const b2 = a0 - a2;
      const b3 = a1 - a3;
      const b4 = a4 + a6;
      const b5 = a5 + a7;
      const b6 = a4 - a6;
      const b7 = a5 - a7;
      x[i] = b0 + b4;
      x[i + step] = b1 + b5;
      x[p] = b2 + b6;
      x[p + step] = b3 + b7;
      x[q] = b0 - b4;
      x[q + step] = b1 - b5;
      x[r] = b2 - b6;
      x[r + step] = b3 - b7;
    }
  }
}
