import type { Floats } from '../../core/matrix.ts';
import { fourSumDot } from '../../numerics/rows/dot.ts';

/** ⟨u, v⟩ in float64. */
export function dot(u: Floats, v: Floats): number {
  return fourSumDot(u, 0, v, 0, u.length);
}

/** x ← x/‖x‖ for any finite x; the zero vector, which has no nearest unit vector, becomes e₁. */
export function normalizeInPlace(x: Floats): void {
  let length = Math.sqrt(dot(x, x));
  if (length < 1e-140 || length > 1e140) {
    let largest = 0;
    for (let c = 0; c < x.length; c++) largest = Math.max(largest, Math.abs(x[c]));
    if (largest === 0) {
      x[0] = 1;
      return;
    }
    for (let c = 0; c < x.length; c++) x[c] /= largest;
    length = Math.sqrt(dot(x, x));
  }
  for (let c = 0; c < x.length; c++) x[c] /= length;
}

/** factor·v in float64. By hand: `Float64Array.from` with a function takes many times as long. */
export function scaled(v: Floats, factor: number): Float64Array {
  const out = new Float64Array(v.length);
  for (let c = 0; c < v.length; c++) out[c] = factor * v[c];
  return out;
}
