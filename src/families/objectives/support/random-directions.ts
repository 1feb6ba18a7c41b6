import type { Floats, Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';

/** A `rows × cols` matrix of zeros with the element type of `like`. */
export function emptyLike(like: Matrix, rows: number, cols: number): Matrix {
  const wide = like.data instanceof Float64Array;
  const data: Floats = wide ? new Float64Array(rows * cols) : new Float32Array(rows * cols);
  return { data, rows, cols };
}

/** `count` uniform points on the sphere of the rows of `like`, count × d, in its element type. */
export function uniformDirections(count: number, like: Matrix, random: Random): Matrix {
  const out = emptyLike(like, count, like.cols);
  const direction = new Float64Array(like.cols);
  for (let i = 0; i < count; i++) {
    drawDirection(random, direction);
    out.data.set(direction, i * like.cols);
  }
  return out;
}

/**
 * Uniform great circles as orthonormal pairs: rows 2l and 2l + 1 of the result (2·count × d) span
 * circle l. Same law as the sign-fixed QR of a Gaussian d × 2 matrix.
 */
export function greatCircles(count: number, like: Matrix, random: Random): Matrix {
  const d = like.cols;
  const out = emptyLike(like, 2 * count, d);
  const p = new Float64Array(d);
  const q = new Float64Array(d);
  for (let l = 0; l < count; l++) {
    drawDirection(random, p);
    drawDirection(random, q, p);
    out.data.set(p, 2 * l * d);
    out.data.set(q, (2 * l + 1) * d);
  }
  return out;
}

/** A uniform unit vector, orthogonal to the unit vector `normal` if there is one. */
function drawDirection(random: Random, out: Float64Array, normal?: Float64Array): void {
  let squared = 0;
  while (!(squared > 1e-20)) {
    random.normals(out);
    if (normal) {
      let along = 0;
      for (let c = 0; c < out.length; c++) along += out[c] * normal[c];
      for (let c = 0; c < out.length; c++) out[c] -= along * normal[c];
    }
    squared = 0;
    for (let c = 0; c < out.length; c++) squared += out[c] * out[c];
  }
  const scale = 1 / Math.sqrt(squared);
  for (let c = 0; c < out.length; c++) out[c] *= scale;
}
