import { copied, type Floats, type Matrix, row } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { partRow } from '../../numerics/rows/parted-row.ts';

/**
 * Moves every exact copy of an earlier row by about 1e-4 rad in a random tangent direction.
 *
 * Coincident points have no direction to be pushed in, and smooth kernels have no force there, so
 * they would never part. Returns the points and how many rows were moved.
 */
export function partedDuplicates<T extends Floats>(
  points: Matrix<T>,
  random: Random,
): { readonly points: Matrix<T>; readonly parted: number } {
  const copies = copiesOfEarlierRows(points);
  if (copies.length === 0 || points.cols < 2) return { points, parted: 0 };
  const out = copied(points);
  for (const i of copies) partRow(row(out, i), random.fork(i));
  return { points: out, parted: copies.length };
}

/** Row numbers whose bytes equal those of an earlier row. */
function copiesOfEarlierRows(points: Matrix): number[] {
  const { data, rows: n, cols: d } = points;
  const copies: number[] = [];
  const same = (i: number, j: number) => {
    for (let c = 0; c < d; c++) if (data[i * d + c] !== data[j * d + c]) return false;
    return true;
  };
  const keys = new Float64Array(n);
  // Places of first rows, by the key; twice as many as rows, so that few are asked in vain.
  const mask = 2 ** Math.ceil(Math.log2(2 * n + 1)) - 1;
  const places = new Int32Array(mask + 1).fill(-1);
  const bits = new Uint32Array(2);
  const number = new Float64Array(bits.buffer);
  for (let i = 0; i < n; i++) {
    // A weighted sum as the key: equal rows share it, and few others do.
    let key = 0;
    for (let c = 0; c < d; c++) key += data[i * d + c] * (1 + ((c * 40503) % 65521) / 65521);
    keys[i] = key;
    number[0] = key;
    const mixed = Math.imul(bits[0] ^ Math.imul(bits[1], 0x9e3779b1), 0x85ebca6b);
    let at = (mixed ^ (mixed >>> 15)) & mask;
    while (places[at] >= 0 && !(keys[places[at]] === key && same(i, places[at]))) {
      at = (at + 1) & mask;
    }
    if (places[at] >= 0) copies.push(i);
    else places[at] = i;
  }
  return copies;
}
