/** Between a and b at share t, on the sphere; a point opposite to itself passes by a pole. */
export function between(a: Float32Array, b: Float32Array, t: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(a.length);
  for (let i = 0; i < a.length; i += 3) {
    const [x, y, z] = [0, 1, 2].map((c) => a[i + c] + t * (b[i + c] - a[i + c]));
    const length = Math.hypot(x, y, z);
    out.set(length < 1e-3 ? [0, 1, 0] : [x / length, y / length, z / length], i);
  }
  return out;
}
