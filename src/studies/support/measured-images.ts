import { type Matrix, zeros } from '../../core/matrix.ts';
import { atan2 } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';

const [CELL, BINS] = [4, 8];

/**
 * Histograms of oriented gradients: for each square of 4 × 4 pixels the length of the gradient by its direction, eight
 * directions of the half circle, the whole row at unit length. Images of side × side in rows.
 */
export function orientedGradients({ data, rows: n, cols }: Matrix): Matrix<Float32Array> {
  const side = Math.sqrt(cols);
  const cells = Math.floor(side / CELL);
  const out = zeros(n, cells * cells * BINS);
  for (let i = 0; i < n; i++) {
    const at = (y: number, x: number) =>
      data[i * cols + clamped(y, side) * side + clamped(x, side)];
    const row = out.data.subarray(i * out.cols, (i + 1) * out.cols);
    for (let y = 0; y < cells * CELL; y++) {
      for (let x = 0; x < cells * CELL; x++) {
        const [dx, dy] = [at(y, x + 1) - at(y, x - 1), at(y + 1, x) - at(y - 1, x)];
        const turn = atan2(dy, dx) / Math.PI;
        const bin = Math.min(BINS - 1, Math.floor((turn - Math.floor(turn)) * BINS));
        const cell = Math.floor(y / CELL) * cells + Math.floor(x / CELL);
        row[cell * BINS + bin] += Math.sqrt(dx * dx + dy * dy);
      }
    }
    let squares = 0;
    for (const value of row) squares += value * value;
    for (let k = 0; k < row.length; k++) row[k] /= Math.sqrt(squares) || 1;
  }
  return out;
}

const clamped = (place: number, side: number) => Math.max(0, Math.min(side - 1, place));

/** What a scanner with so many voxels sees: a random linear map, and noise in deviations of what it sees. */
export interface Scanner {
  /** voxels × pixels, normal. */
  readonly map: Matrix;
  readonly noise: number;
  /** Scans whose mean is taken. */
  readonly repeats: number;
}

export function scannerOf(
  pixels: number,
  random: Random,
  { voxels, noise, repeats }: { voxels: number; noise: number; repeats: number },
): Scanner {
  const map = zeros(voxels, pixels);
  for (let e = 0; e < map.data.length; e++) map.data[e] = random.normal() / Math.sqrt(pixels);
  return { map, noise, repeats };
}

/** The mean of some scans of each image, n × voxels. */
export function scansOf(
  images: Matrix,
  { map, noise, repeats }: Scanner,
  random: Random,
): Matrix<Float32Array> {
  const [n, d, v] = [images.rows, images.cols, map.rows];
  const out = zeros(n, v);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < v; k++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += images.data[i * d + c] * map.data[k * d + c];
      out.data[i * v + k] = sum;
      squares += sum * sum;
    }
  }
  const deviation = (noise * Math.sqrt(squares / (n * v))) / Math.sqrt(repeats);
  for (let e = 0; e < out.data.length; e++) out.data[e] += deviation * random.normal();
  return out;
}
