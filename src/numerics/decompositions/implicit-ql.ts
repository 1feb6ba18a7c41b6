import { InternalError } from '../../core/errors.ts';

/** Takes the plane rotations of one sweep: for i = high − 1 … low, of rows i and i + 1 by (cᵢ, sᵢ). */
export type RotationSink = (
  low: number,
  high: number,
  cosines: Float64Array,
  sines: Float64Array,
) => void;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL iteration.
 *
 * Overwrites `d` (n values: the diagonal, then the eigenvalues, in no order) and `e` (n values: the
 * off-diagonal, last entry unused). An off-diagonal below 2⁻⁵³ of the matrix's largest row sum
 * counts as 0, so errors are small beside ‖T‖, not beside each eigenvalue. Each sweep's rotations go to
 * `sink`; a row-major basis rotated by all of them ends with the eigenvectors as rows.
 *
 * The first shift at place i is `shifts[i]` where given, Wilkinson's otherwise. With the eigenvalues
 * of an earlier run as shifts, a second run needs about 0.7 of the rotations.
 */
export function implicitQlInPlace(
  d: Float64Array,
  e: Float64Array,
  sink?: RotationSink,
  shifts?: Float64Array,
): void {
  const step = qlIteration(d, e, sink, shifts);
  for (let low = 0; low < d.length; low++) step(low);
}

/** `implicitQlInPlace` in steps: step(0) … step(n − 1). */
export function qlIteration(
  d: Float64Array,
  e: Float64Array,
  sink?: RotationSink,
  shifts?: Float64Array,
): (low: number) => void {
  const n = d.length;
  e[n - 1] = 0;
  const negligible = 2 ** -53 * largestRowSum(d, e);
  const cosines = new Float64Array(n);
  const sines = new Float64Array(n);
  return (low) => {
    for (let sweeps = 0; ; sweeps++) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high]) > negligible) high++;
      if (high === low) return;
      if (sweeps === 60) throw new InternalError('eigh', 'the QL iteration did not converge.');
      const shift = shifts && sweeps === 0 ? shifts[low] : wilkinsonShift(d, e, low);
      sweep(d, e, low, high, shift, cosines, sines);
      sink?.(low, high, cosines, sines);
    }
  };
}

function largestRowSum(d: Float64Array, e: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < d.length; i++) {
    const sum = Math.abs(d[i]) + Math.abs(e[i]) + (i > 0 ? Math.abs(e[i - 1]) : 0);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** The eigenvalue of the leading 2 × 2 block that is nearer to its first entry. */
function wilkinsonShift(d: Float64Array, e: Float64Array, low: number): number {
  const ratio = (d[low + 1] - d[low]) / (2 * e[low]);
  const root = Math.sqrt(ratio * ratio + 1);
  return d[low] - e[low] / (ratio >= 0 ? ratio + root : ratio - root);
}

/** One QL step on the unreduced block low … high. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  shift: number,
  cosines: Float64Array,
  sines: Float64Array,
): void {
  let g = d[high] - shift;
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    // r underflows to 0 only where both parts are far below the rounding of the matrix.
    s = r === 0 ? 0 : f / r;
    c = r === 0 ? 1 : g / r;
    const shifted = d[i + 1] - p;
    const t = (d[i] - shifted) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = shifted + p;
    g = c * t - b;
    cosines[i] = c;
    sines[i] = s;
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
}
