import { type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import { triangularizedInPlace } from '../../../numerics/decompositions/qr.ts';

/** Reflections whose product begins with given columns, up to their signs. */
export interface Reflectors {
  /** r × d, of length √d: H₁ ⋯ H_r has column i of the frame, times `signs[i]`, as column i. */
  readonly vectors: Matrix<Float64Array>;
  /** 1 or −1. */
  readonly signs: Float64Array;
}

/** The reflections of an orthonormal frame d × r, by its QR decomposition: R is diagonal, of 1 and −1. */
export function reflectorsOf(frame: Matrix): Reflectors {
  const { rows: d, cols: r } = frame;
  const columns = transposed(toFloat64(frame)).data;
  const { reflections, diagonal } = triangularizedInPlace(columns, d, r);
  const vectors = matrix(new Float64Array(r * d), r, d);
  const signs = new Float64Array(r);
  for (let i = 0; i < r; i++) {
    const own = columns.subarray(i * d + i, (i + 1) * d);
    // Numbers about 1: a step of a given size then turns all of them about equally far.
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0) / d);
    for (const [c, x] of own.entries()) vectors.data[i * d + i + c] = x / length;
    // Where the column stands already, QR leaves the reflection out; here each one turns its axis round.
    const turned = reflections.tau[i] === 0 ? -diagonal[i] : diagonal[i];
    signs[i] = turned < 0 ? -1 : 1;
  }
  return { vectors, signs };
}
