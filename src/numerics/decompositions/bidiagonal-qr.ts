import { InternalError } from '../../core/errors.ts';
import type { RotationSink } from './implicit-ql.ts';

/** Rotations of one sweep, of rows i and i + 1 for i = low … high − 1, by (cosines[i], sines[i]). */
interface Sweep {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

const EPSILON = 2 ** -53;

/** Rounding alone leaves as much right of the diagonal where singular values repeat. */
const NEGLIGIBLE = 8 * EPSILON;

/**
 * Singular values of an upper bidiagonal matrix by the implicit QR iteration.
 *
 * Overwrites `d` (n values: the diagonal, then the singular values, signed, in no order) and `e` (n
 * values: entry i stands right of diagonal i; the last is unused). An e below 2⁻⁵⁰ of the largest row
 * sum counts as 0, so errors are small beside ‖B‖. Where the shift would not be felt the sweep has none
 * (Demmel and Kahan 1990), which keeps tiny values and removes zeros.
 *
 * The sinks take the rotations of the bases counted from the last row: row n − 1 − i of a basis whose
 * rows are reversed is row i here. `left` rotates the left singular vectors, `right` the right ones.
 */
export function bidiagonalQrInPlace(
  d: Float64Array,
  e: Float64Array,
  left?: RotationSink,
  right?: RotationSink,
): void {
  const step = bidiagonalIteration(d, e, left, right);
  for (let k = 0; k < d.length; k++) step(k);
}

/** `bidiagonalQrInPlace` in steps: step(0) … step(n − 1). */
export function bidiagonalIteration(
  d: Float64Array,
  e: Float64Array,
  left?: RotationSink,
  right?: RotationSink,
): (k: number) => void {
  const n = d.length;
  e[n - 1] = 0;
  const negligible = NEGLIGIBLE * largestRowSum(d, e);
  const ofLeft = { cosines: new Float64Array(n), sines: new Float64Array(n) };
  const ofRight = { cosines: new Float64Array(n), sines: new Float64Array(n) };
  return (k) => {
    const high = n - 1 - k;
    for (let sweeps = 0; ; sweeps++) {
      let low = high;
      while (low > 0 && Math.abs(e[low - 1]) > negligible) low--;
      if (low > 0) e[low - 1] = 0;
      if (low === high) return;
      if (sweeps === 100) throw new InternalError('svd', 'the QR iteration did not converge.');
      const shift = shiftOf(d, e, low, high);
      if (shift === 0) plainSweep(d, e, low, high, ofLeft, ofRight);
      else shiftedSweep(d, e, low, high, shift, ofLeft, ofRight);
      left?.(n - 1 - high, n - 1 - low, ofLeft.cosines, ofLeft.sines);
      right?.(n - 1 - high, n - 1 - low, ofRight.cosines, ofRight.sines);
    }
  };
}

function largestRowSum(d: Float64Array, e: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < d.length; i++) {
    largest = Math.max(largest, Math.abs(d[i]) + Math.abs(e[i]) + (i > 0 ? Math.abs(e[i - 1]) : 0));
  }
  return largest;
}

/** The smaller singular value of the last 2 × 2 block; 0 where a sweep would not feel it. */
function shiftOf(d: Float64Array, e: Float64Array, low: number, high: number): number {
  const shift = smallerSingularValue(d[high - 1], e[high - 1], d[high]);
  const first = Math.abs(d[low]);
  return first === 0 || (shift / first) ** 2 < EPSILON ? 0 : shift;
}

/** The smaller singular value of [[f, g], [0, h]]; LAPACK's dlas2. */
function smallerSingularValue(f: number, g: number, h: number): number {
  const large = Math.max(Math.abs(f), Math.abs(h));
  const small = Math.min(Math.abs(f), Math.abs(h));
  const across = Math.abs(g);
  if (small === 0) return 0;
  const plus = 1 + small / large;
  const minus = (large - small) / large;
  if (across < large) {
    const square = (across / large) ** 2;
    return small * (2 / (Math.sqrt(plus * plus + square) + Math.sqrt(minus * minus + square)));
  }
  const ratio = large / across;
  if (ratio === 0) return (small * large) / across;
  const root = Math.sqrt(1 + (plus * ratio) ** 2) + Math.sqrt(1 + (minus * ratio) ** 2);
  return 2 * small * (1 / root) * ratio;
}

/** One QR step without a shift on the unreduced block low … high. */
function plainSweep(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  left: Sweep,
  right: Sweep,
): void {
  const last = d.length - 2;
  let c = 1;
  let s = 0;
  let oldC = 1;
  let oldS = 0;
  for (let i = low; i < high; i++) {
    const f = d[i] * c;
    let r = Math.sqrt(f * f + e[i] * e[i]);
    if (i > low) e[i - 1] = oldS * r;
    const side = e[i];
    c = r === 0 ? 1 : f / r;
    s = r === 0 ? 0 : side / r;
    const p = oldC * r;
    const q = d[i + 1] * s;
    r = Math.sqrt(p * p + q * q);
    oldC = r === 0 ? 1 : p / r;
    oldS = r === 0 ? 0 : q / r;
    d[i] = r;
    right.cosines[last - i] = c;
    right.sines[last - i] = s;
    left.cosines[last - i] = oldC;
    left.sines[last - i] = oldS;
  }
  const h = d[high] * c;
  d[high] = h * oldC;
  e[high - 1] = h * oldS;
}

/** One QR step with a shift on the unreduced block low … high, d[low] ≠ 0. */
function shiftedSweep(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  shift: number,
  left: Sweep,
  right: Sweep,
): void {
  const last = d.length - 2;
  let f = (Math.abs(d[low]) - shift) * (Math.sign(d[low]) + shift / d[low]);
  let g = e[low];
  for (let i = low; i < high; i++) {
    let r = Math.sqrt(f * f + g * g);
    let c = r === 0 ? 1 : f / r;
    let s = r === 0 ? 0 : g / r;
    if (i > low) e[i - 1] = r;
    f = c * d[i] + s * e[i];
    e[i] = c * e[i] - s * d[i];
    g = s * d[i + 1];
    d[i + 1] *= c;
    right.cosines[last - i] = c;
    right.sines[last - i] = s;
    r = Math.sqrt(f * f + g * g);
    c = r === 0 ? 1 : f / r;
    s = r === 0 ? 0 : g / r;
    d[i] = r;
    f = c * e[i] + s * d[i + 1];
    d[i + 1] = c * d[i + 1] - s * e[i];
    if (i < high - 1) {
      g = s * e[i + 1];
      e[i + 1] *= c;
    }
    left.cosines[last - i] = c;
    left.sines[last - i] = s;
  }
  e[high - 1] = f;
}
