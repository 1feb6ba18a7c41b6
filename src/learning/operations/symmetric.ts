import { ShapeError } from '../../core/errors.ts';
import { type Floats, type Matrix, zeros64 } from '../../core/matrix.ts';
import { type Shape, shapeInWords } from '../tape/tensor.ts';

/** n of an n × n matrix. */
export function requireSquare(where: string, shape: Shape): number {
  const [n] = shape;
  if (shape.length !== 2 || n === undefined || n !== shape[1] || n < 1)
    throw new ShapeError(where, 'a square matrix', shapeInWords(shape));
  return n;
}

/** Vᵀ diag(w) V of n × n eigenvectors in rows, float64. */
export function weightedProjections(
  { data: v, rows: n }: Matrix,
  weights: ArrayLike<number>,
): Matrix<Float64Array> {
  const out = zeros64(n, n);
  for (let k = 0; k < n; k++) {
    if (weights[k] !== 0) addProjection(v, k * n, n, weights[k], out.data);
  }
  return out;
}

/** out ← out + w v vᵀ. */
function addProjection(v: Floats, at: number, n: number, weight: number, out: Floats): void {
  for (let i = 0; i < n; i++) {
    const factor = weight * v[at + i];
    for (let j = 0; j < n; j++) out[i * n + j] += factor * v[at + j];
  }
}
