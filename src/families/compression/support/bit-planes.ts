import { type Matrix, matrix, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { meanRow } from '../../../numerics/rows/centered.ts';
import type { Codes } from '../types.ts';
import { quantileOf, rowsToSort, sortedColumn } from './column-values.ts';

/** Half the width of the middle of three cells that represent a normal law best, in standard deviations (Max 1960). */
const THIRD = 0.612;

/**
 * Thresholds of the bits of each coordinate, p × d, ascending: bit p·d + c of a code says whether coordinate c lies above
 * threshold p.
 */
export function bitThresholds(
  points: Matrix,
  kind: 'mean' | 'median' | 'zero',
  planes: number,
  random: Random,
): Matrix<Float32Array> {
  const d = points.cols;
  const out = zeros(planes, d);
  if (kind === 'median') {
    const rows = rowsToSort(points.rows, random);
    for (let c = 0; c < d; c++) {
      const sorted = sortedColumn(points, c, rows);
      for (let p = 0; p < planes; p++)
        out.data[p * d + c] = quantileOf(sorted, (p + 1) / (planes + 1));
    }
    return out;
  }
  const middle = kind === 'mean' ? meanRow(points) : new Float64Array(d);
  if (planes === 1) return matrix(Float32Array.from(middle), 1, d);
  const spread = spreadAbout(points, middle);
  for (let c = 0; c < d; c++) {
    out.data[c] = middle[c] - THIRD * spread[c];
    out.data[d + c] = middle[c] + THIRD * spread[c];
  }
  return out;
}

/** √(1/n Σ (x − m)²) of each column. */
function spreadAbout({ data, rows: n, cols: d }: Matrix, middle: Float64Array): Float64Array {
  const squares = new Float64Array(d);
  for (let e = 0; e < n * d; e += d)
    for (let c = 0; c < d; c++) squares[c] += (data[e + c] - middle[c]) ** 2;
  return squares.map((sum) => Math.sqrt(sum / n));
}

/**
 * What coordinates with 0, 1, … p bits stand for, (p + 1) × d: their mean, so that the squared error is least; a cell
 * without rows stands for the threshold next to it. With the rows of each bit that have it.
 */
export function bitLevels(
  { data, rows: n, cols: d }: Matrix,
  { data: thresholds, rows: planes }: Matrix,
): { readonly levels: Matrix<Float32Array>; readonly counts: Int32Array } {
  const sums = new Float64Array((planes + 1) * d);
  const cells = new Int32Array((planes + 1) * d);
  for (let e = 0; e < n * d; e += d) {
    for (let c = 0; c < d; c++) {
      let cell = 0;
      for (let p = 0; p < planes; p++) if (data[e + c] > thresholds[p * d + c]) cell = p + 1;
      sums[cell * d + c] += data[e + c];
      cells[cell * d + c] += 1;
    }
  }
  const levels = zeros(planes + 1, d);
  const counts = new Int32Array(planes * d);
  for (let e = 0; e < sums.length; e++) {
    levels.data[e] = cells[e] > 0 ? sums[e] / cells[e] : thresholds[e < d ? e : e - d];
    for (let below = e - d; below >= 0; below -= d) counts[below] += cells[e];
  }
  return { levels, counts };
}

/** How many bits all rows or none have. */
export function sameForAll(counts: Int32Array, rows: number): number {
  return counts.filter((count) => count === 0 || count === rows).length;
}

/** The bits of each row, ⌈pd/8⌉ bytes. */
export function packedBits(
  { data, rows, cols: d }: Matrix,
  { data: thresholds }: Matrix,
): Uint8Array {
  const width = Math.ceil(thresholds.length / 8);
  const bytes = new Uint8Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let at = 0, c = 0; at < thresholds.length; at++, c = c + 1 === d ? 0 : c + 1)
      if (data[i * d + c] > thresholds[at]) bytes[i * width + (at >> 3)] |= 1 << (at & 7);
  }
  return bytes;
}

/** The levels that the bits of each code stand for, r × d. */
export function unpackedBits(
  { bytes, rows, bytesPerVector: width }: Codes,
  { data: levels, rows: cells, cols: d }: Matrix,
): Matrix<Float32Array> {
  const out = zeros(rows, d);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < d; c++) {
      let e = c;
      // Thresholds ascend: a higher bit is set only where the lower one is.
      while (e < (cells - 1) * d && (bytes[i * width + (e >> 3)] >> (e & 7)) & 1) e += d;
      out.data[i * d + c] = levels[e];
    }
  }
  return out;
}
