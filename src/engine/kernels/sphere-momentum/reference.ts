import type { Floats } from '../../../core/matrix.ts';
import { cos, sin } from '../../../core/numeric.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';

let tangent = /* @__PURE__ */ new Float64Array(64);

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
  if (tangent.length < d) tangent = new Float64Array(d);
  const radial = fourSumDot(x, at, g, at, d);
  for (let c = 0; c < d; c++) {
    const t = g[at + c] - radial * x[at + c];
    m[at + c] = keep * m[at + c] + weight * t;
    tangent[c] = t;
  }
  sums[to] = fourSumDot(tangent, 0, tangent, 0, d);
  sumRow(x, m, at, d, sums, to + 1);
}

/** ‖x‖², ⟨x,v⟩ and ‖v‖² of the row at `at`. */
function sumRow(x: Floats, v: Floats, at: number, d: number, sums: Float64Array, to: number): void {
  sums[to] = fourSumDot(x, at, x, at, d);
  sums[to + 1] = fourSumDot(x, at, v, at, d);
  sums[to + 2] = fourSumDot(v, at, v, at, d);
}

const scratch = /* @__PURE__ */ new Float64Array(7);

/** Moves the row at `at` along its geodesic; its inner products are in `sums` from `from` on, if given. */
export function flowRow(
  x: Floats,
  v: Floats,
  at: number,
  d: number,
  time: number,
  sums?: Float64Array,
  from = 0,
): boolean {
  if (time === 0) return false;
  if (!sums) sumRow(x, v, at, d, scratch, 4);
  setFlow(sums ?? scratch, sums ? from : 4, time, scratch, 0);
  return mixRow(x, v, at, d, scratch, 0);
}

/**
 * The coefficients p, q, r, s of x ← px + qv, v ← rv + sx for the flow of one row, from ‖x‖², ⟨x,v⟩ and
 * ‖v‖² at `from`.
 */
function setFlow(
  sums: Float64Array,
  from: number,
  time: number,
  coefficients: Float64Array,
  to: number,
): void {
  const xx = sums[from];
  const xv = sums[from + 1];
  const vv = sums[from + 2];
  const speed = Math.sqrt(vv);
  const cosine = cos(time * speed);
  const sine = sin(time * speed);
  const along = speed === 0 ? time : sine / speed;
  const length = Math.sqrt(cosine * cosine * xx + 2 * cosine * along * xv + along * along * vv);
  coefficients[to] = cosine / length;
  coefficients[to + 1] = along / length;
  coefficients[to + 2] = cosine;
  coefficients[to + 3] = -sine * speed;
}

/** The coefficients of all rows, n × 4. */
export function flowCoefficients(
  x: Floats,
  v: Floats,
  d: number,
  times: Float64Array,
  sums: Float64Array | undefined,
): Float64Array {
  const coefficients = new Float64Array(4 * times.length);
  for (let i = 0; i < times.length; i++) {
    if (times[i] === 0) {
      coefficients[4 * i] = 1;
      coefficients[4 * i + 2] = 1;
      continue;
    }
    if (!sums) sumRow(x, v, i * d, d, scratch, 4);
    setFlow(sums ?? scratch, sums ? 4 * i + 1 : 4, times[i], coefficients, 4 * i);
  }
  return coefficients;
}

/** a ← pa + qb, b ← rb + sa for the rows at `at`, with p, q, r, s at `from`; whether a changed. */
function mixRow(
  a: Floats,
  b: Floats,
  at: number,
  d: number,
  coefficients: Float64Array,
  from: number,
): boolean {
  const p = coefficients[from];
  const q = coefficients[from + 1];
  const r = coefficients[from + 2];
  const s = coefficients[from + 3];
  let changed = false;
  for (let c = at; c < at + d; c++) {
    const ac = a[c];
    const bc = b[c];
    a[c] = p * ac + q * bc;
    b[c] = r * bc + s * ac;
    changed ||= a[c] !== ac;
  }
  return changed;
}
