/**
 * Inner products of the first `count` rows of length d: count × count; `lower`: row a is 0 beyond column a.
 *
 * Four products at a time, for one alone waits for its own sums; at the end the last counts again.
 */
export function innerProducts(
  rows: Float64Array,
  count: number,
  d: number,
  out: Float64Array,
  lower = false,
): void {
  const last = count - 1;
  for (let a = 0; a < count; a++) {
    const width = lower ? Math.min(d, a + 1) : d;
    for (let b0 = a; b0 < count; b0 += 4) {
      const [b1, b2, b3] = [Math.min(last, b0 + 1), Math.min(last, b0 + 2), Math.min(last, b0 + 3)];
      const [i0, i1, i2, i3] = [b0 * d, b1 * d, b2 * d, b3 * d];
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let c = 0; c < width; c++) {
        const x = rows[a * d + c];
        s0 += x * rows[i0 + c];
        s1 += x * rows[i1 + c];
        s2 += x * rows[i2 + c];
        s3 += x * rows[i3 + c];
      }
      out[a * count + b0] = s0;
      out[a * count + b1] = s1;
      out[a * count + b2] = s2;
      out[a * count + b3] = s3;
    }
    for (let b = a + 1; b < count; b++) out[b * count + a] = out[a * count + b];
  }
}
