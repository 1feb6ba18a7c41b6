import type { Matrix } from '../../../core/matrix.ts';
import { angleOfChord } from '../../../core/numeric.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { jackknifeError } from '../../../numerics/statistics/jackknife.ts';

export type Distance = 'euclidean' | 'angle';

/** Distances of all pairs of m rows, from differences: pair (i, j), j < i, at place i(i−1)/2 + j. */
export function pairDistances(points: Matrix, kind: Distance): Float64Array {
  const { data, rows: m, cols: d } = kind === 'angle' ? unitOrZeroRows(points).points : points;
  const out = new Float64Array((m * (m - 1)) / 2);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < i; j++, at++) {
      const chord = Math.sqrt(squaredDistance(data, i * d, data, j * d, d));
      out[at] = kind === 'angle' ? angleOfChord(chord) : chord;
    }
  }
  return out;
}

/** √(Σ (x − sy)²/Σ x²) with the best s, of distances x and y of all pairs of m rows, and its error by leaving out each row. */
export function bestScaleStress(
  x: Float64Array,
  y: Float64Array,
  m: number,
): { readonly value: number; readonly standardError: number } {
  const [xx, yy, xy] = products(x, y);
  const scale = xy / yy;
  // Residuals of their own, so that a small stress keeps its digits.
  const total = new Float64Array(4);
  const of = new Float64Array(4 * m);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < i; j++, at++) {
      const rest = x[at] - scale * y[at];
      const terms = [rest * rest, rest * y[at], y[at] * y[at], x[at] * x[at]];
      for (let t = 0; t < 4; t++) {
        total[t] += terms[t];
        of[4 * i + t] += terms[t];
        of[4 * j + t] += terms[t];
      }
    }
  }
  const stress = ([rr, ry, y2, x2]: ArrayLike<number> & Iterable<number>) =>
    Math.sqrt(Math.max(0, rr - (y2 > 0 ? ry ** 2 / y2 : 0)) / x2);
  const without = Float64Array.from({ length: m }, (_, i) =>
    stress(total.map((sum, t) => sum - of[4 * i + t])),
  );
  const value = xx > 0 && yy > 0 ? stress(total) : NaN;
  return { value, standardError: jackknifeError(without) };
}

/** Σx², Σy² and Σxy. */
export function products(x: Float64Array, y: Float64Array): [xx: number, yy: number, xy: number] {
  let [xx, yy, xy] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    xx += x[at] * x[at];
    yy += y[at] * y[at];
    xy += x[at] * y[at];
  }
  return [xx, yy, xy];
}
