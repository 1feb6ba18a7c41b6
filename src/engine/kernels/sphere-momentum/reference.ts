import type { Floats } from '../../../core/matrix.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';

/** Updates the momentum of the row at `at`; its four inner products go to `sums` at `to`. */
export function pushRow(
  x: Floats,
  g: Floats,
  m: Floats,
  at: number,
  d: number,
  keep: number,
  weight: number,
  sums: Float64Array,
  to: number,
): void {
  const radial = fourSumDot(x, at, g, at, d);
  const even = at + d - (d % 2);
  let tt = 0;
  let ttOdd = 0;
  for (let c = at; c < even; c += 2) {
    const t = g[c] - radial * x[c];
    const tOdd = g[c + 1] - radial * x[c + 1];
    tt += t * t;
    ttOdd += tOdd * tOdd;
    m[c] = keep * m[c] + weight * t;
    m[c + 1] = keep * m[c + 1] + weight * tOdd;
  }
  if (d % 2 === 1) {
    const t = g[even] - radial * x[even];
    ttOdd += t * t;
    m[even] = keep * m[even] + weight * t;
  }
  sums[to] = tt + ttOdd;
  sumRow(x, m, at, d, sums, to + 1);
}

/** ‖x‖², ⟨x,v⟩ and ‖v‖² of the row at `at`. */
export function sumRow(
  x: Floats,
  v: Floats,
  at: number,
  d: number,
  sums: Float64Array,
  to: number,
): void {
  const even = at + d - (d % 2);
  let xx = 0;
  let xv = 0;
  let vv = 0;
  let xxOdd = 0;
  let xvOdd = 0;
  let vvOdd = 0;
  for (let c = at; c < even; c += 2) {
    xx += x[c] * x[c];
    xv += x[c] * v[c];
    vv += v[c] * v[c];
    xxOdd += x[c + 1] * x[c + 1];
    xvOdd += x[c + 1] * v[c + 1];
    vvOdd += v[c + 1] * v[c + 1];
  }
  if (d % 2 === 1) {
    xxOdd += x[even] * x[even];
    xvOdd += x[even] * v[even];
    vvOdd += v[even] * v[even];
  }
  sums[to] = xx + xxOdd;
  sums[to + 1] = xv + xvOdd;
  sums[to + 2] = vv + vvOdd;
}

/** a ← pa + qb, b ← rb + sa for the rows at `at`, with p, q, r, s at `from`. */
export function mixRow(
  a: Floats,
  b: Floats,
  at: number,
  d: number,
  coefficients: Float64Array,
  from: number,
): void {
  const p = coefficients[from];
  const q = coefficients[from + 1];
  const r = coefficients[from + 2];
  const s = coefficients[from + 3];
  for (let c = at; c < at + d; c++) {
    const ac = a[c];
    const bc = b[c];
    a[c] = p * ac + q * bc;
    b[c] = r * bc + s * ac;
  }
}
