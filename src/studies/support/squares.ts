import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** Pixels of a side. */
const SIDE = 16;

/** Bright squares on black, 16 × 16: each at a place, with a size and a brightness of its own, all uniform and independent. */
export function squares(n: number, random: Random): Matrix<Float32Array> {
  const data = new Float32Array(n * SIDE * SIDE);
  for (let i = 0; i < n; i++) {
    const half = 2 + 2 * random.uniform();
    const [x, y] = [0, 1].map(() => half + (SIDE - 2 * half) * (0.15 + 0.7 * random.uniform()));
    const brightness = 0.4 + 0.6 * random.uniform();
    for (let e = 0; e < SIDE * SIDE; e++) {
      const [row, column] = [Math.floor(e / SIDE), e % SIDE];
      const covered = overlap(row, y, half) * overlap(column, x, half);
      data[i * SIDE * SIDE + e] = brightness * covered;
    }
  }
  return matrix(data, n, SIDE * SIDE);
}

/** How much of the pixel from `at` to `at` + 1 lies within `half` of the center. */
function overlap(at: number, center: number, half: number): number {
  return Math.max(0, Math.min(at + 1, center + half) - Math.max(at, center - half));
}

/** What is measured of a picture, whatever made it. */
export const MEASURED = ['x', 'y', 'size', 'brightness'] as const;

/**
 * The center of the light in columns and rows, its spread √(var x + var y), and its brightness Σw²/Σw, w the pixels above 0:
 * n × 4. Of a square these are its place, its size and its brightness.
 */
export function measuredFactors({ data, rows: n, cols }: Matrix): Matrix<Float64Array> {
  const side = Math.sqrt(cols);
  const out = new Float64Array(n * MEASURED.length);
  for (let i = 0; i < n; i++) {
    const sums = { light: 0, squares: 0, x: 0, y: 0, spread: 0 };
    for (let e = 0; e < cols; e++) {
      const w = Math.max(0, data[i * cols + e]);
      const [row, column] = [Math.floor(e / side), e % side];
      sums.light += w;
      sums.squares += w * w;
      sums.x += w * column;
      sums.y += w * row;
      sums.spread += w * (row * row + column * column);
    }
    const light = Math.max(1e-9, sums.light);
    const [x, y] = [sums.x / light, sums.y / light];
    const spread = Math.sqrt(Math.max(0, sums.spread / light - x * x - y * y));
    out.set([x, y, spread, sums.squares / light], i * MEASURED.length);
  }
  return matrix(out, n, MEASURED.length);
}

/** Pictures of half as many rows and columns: means of four pixels. */
export function halved({ data, rows: n, cols }: Matrix): Matrix<Float32Array> {
  const side = Math.sqrt(cols);
  const half = side / 2;
  const out = new Float32Array(n * half * half);
  for (let e = 0; e < out.length; e++) {
    const [i, at] = [Math.floor(e / (half * half)), e % (half * half)];
    const first = i * cols + 2 * Math.floor(at / half) * side + 2 * (at % half);
    out[e] = (data[first] + data[first + 1] + data[first + side] + data[first + side + 1]) / 4;
  }
  return matrix(out, n, half * half);
}
