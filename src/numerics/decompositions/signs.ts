/** Sizes that differ by less, relatively, count as equal: rounding must not choose the sign. */
const EQUAL = 2 ** -20;

/**
 * −1 where the first of the largest |elements| of x[at], x[at + stride], … (`length` of them) is
 * negative, else 1. The convention that fixes the signs of singular vectors.
 */
export function signOfLargest(x: Float64Array, at: number, length: number, stride: number): 1 | -1 {
  let largest = 0;
  for (let j = 0; j < length; j++) largest = Math.max(largest, Math.abs(x[at + j * stride]));
  for (let j = 0; j < length; j++) {
    const value = x[at + j * stride];
    if (Math.abs(value) >= largest * (1 - EQUAL)) return value < 0 ? -1 : 1;
  }
  return 1;
}
