import type { Matrix } from '../../../../core/matrix.ts';
import { integer } from '../../../../method/options.ts';

/** Rows on each side of a place, as an option. */
export const windowOption = () =>
  integer(10, 'Rows on each side of a place that are compared; fewer where the file is short.', {
    min: 1,
    max: 1000,
    symbol: 'w',
  });

/** The rows on each side where there are n: never more than a quarter of them. */
export function windowOf(n: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, n >> 2));
}

/** A place before `row` at which both sides are less alike than on the way there. */
export interface Dip {
  /** The first row after the place. */
  readonly row: number;
  /** Cosine between the sums of the w rows before and of the w rows after. */
  readonly similarity: number;
  readonly depth: number;
}

/**
 * Cosine between the sum of the w rows before a place and the sum of the w rows from it on; n − 2w + 1 places, the
 * first one before row w. 0 where a sum vanishes.
 */
export function blockCosines({ data, rows: n, cols: d }: Matrix, w: number): Float64Array {
  const [left, right] = [new Float64Array(d), new Float64Array(d)];
  for (let i = 0; i < w * d; i++) {
    left[i % d] += data[i];
    right[i % d] += data[w * d + i];
  }
  const cosines = new Float64Array(Math.max(0, n - 2 * w + 1));
  for (let at = 0; at < cosines.length; at++) {
    let ll = 0;
    let rr = 0;
    let lr = 0;
    const [out, across] = [at * d, (at + w) * d];
    // On to the next place; the last has none, and what is read for it does not count.
    const into = Math.min(n - 1, at + 2 * w) * d;
    for (let c = 0; c < d; c++) {
      const l = left[c];
      const r = right[c];
      ll += l * l;
      rr += r * r;
      lr += l * r;
      const middle = data[across + c];
      left[c] = l + (middle - data[out + c]);
      right[c] = r + (data[into + c] - middle);
    }
    cosines[at] = ll > 1e-12 && rr > 1e-12 ? lr / Math.sqrt(ll * rr) : 0;
  }
  return cosines;
}

/** By how much each cosine lies below the highest ones up to w places before and after it, both together. */
export function dipDepths(cosines: Float64Array, w: number): Float64Array {
  const most = (from: number, to: number) =>
    cosines.subarray(Math.max(0, from), to).reduce((a, b) => Math.max(a, b), -Infinity);
  return cosines.map((x, at) => most(at - w, at + 1) + most(at, at + w + 1) - 2 * x);
}

/** The dips of a series of rows, the deepest first; no two nearer than half the rows on a side. */
export function dipsOf(points: Matrix, w: number): Dip[] {
  const cosines = blockCosines(points, w);
  const depths = dipDepths(cosines, w);
  const order = Int32Array.from(depths.keys()).sort((a, b) => depths[b] - depths[a] || a - b);
  const apart = Math.max(1, w >> 1);
  const taken = new Uint8Array(depths.length);
  const dips: Dip[] = [];
  for (const at of order) {
    // Rounding makes dips of 1e-16 in rows that are all alike.
    if (depths[at] < 1e-9) break;
    if (taken[at]) continue;
    taken.fill(1, Math.max(0, at - apart + 1), at + apart);
    dips.push({ row: at + w, similarity: cosines[at], depth: depths[at] });
  }
  return dips;
}
