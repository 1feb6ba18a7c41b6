import { type Matrix, matrix, zeros64 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';

/** n × d standard normals in float64. */
export function normalMatrix(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

/** A B, or A Bᵀ, in float64. */
export function product(a: Matrix, b: Matrix, transposeB = false): Matrix<Float64Array> {
  const right = transposeB ? transpose(b) : b;
  const out = zeros64(a.rows, right.cols);
  for (let i = 0; i < a.rows; i++) {
    const row = out.data.subarray(i * out.cols, (i + 1) * out.cols);
    for (let t = 0; t < a.cols; t++) {
      const factor = a.data[i * a.cols + t];
      for (let j = 0; j < out.cols; j++) row[j] += factor * right.data[t * out.cols + j];
    }
  }
  return out;
}

export function transpose(a: Matrix): Matrix<Float64Array> {
  const out = zeros64(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) out.data[j * a.rows + i] = a.data[i * a.cols + j];
  }
  return out;
}

/** Each column j times factors[j]. */
export function scaledColumns(a: Matrix, factors: ArrayLike<number>): Matrix<Float64Array> {
  return matrix(
    Float64Array.from(a.data, (x, i) => x * factors[i % a.cols]),
    a.rows,
    a.cols,
  );
}

/** max |a − b| / max |b|, and 0 where both are 0. */
export function relativeDifference(a: Matrix, b: Matrix): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < b.data.length; i++) {
    largest = Math.max(largest, Math.abs(b.data[i]));
    difference = Math.max(difference, Math.abs(a.data[i] - b.data[i]));
    if (Number.isNaN(a.data[i])) return NaN;
  }
  return difference === 0 ? 0 : difference / largest;
}

/** max |AᵀA − I|: 0 for orthonormal columns. */
export function orthogonalityDefect(a: Matrix): number {
  const { data } = product(transpose(a), a);
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const wanted = i % (a.cols + 1) === 0 ? 1 : 0;
    largest = Math.max(largest, Math.abs(data[i] - wanted));
  }
  return largest;
}

/** Matrices that break careless decompositions, by name. */
export const hardMatrices: Record<string, Matrix<Float64Array>> = {
  'one element': matrix(Float64Array.of(-3), 1, 1),
  'one row': normalMatrix(1, 7, 1),
  'one column': normalMatrix(9, 1, 2),
  zero: zeros64(6, 4),
  'zero columns between others': filled(8, 6, (i, j) => (j % 2 === 0 ? 0 : Math.cos(i * j + 1))),
  'rank one': filled(12, 7, (i, j) => (i + 1) * (j + 2)),
  'rank three of nine': product(normalMatrix(30, 3, 3), normalMatrix(3, 9, 4)),
  'rows twice': filled(10, 5, (i, j) => Math.sin((i % 5) * 7 + j)),
  identity: filled(8, 8, (i, j) => (i === j ? 1 : 0)),
  'a permutation': filled(7, 7, (i, j) => ((i * 3) % 7 === j ? 1 : 0)),
  'graded from large to small': filled(20, 12, (i, j) => 10 ** -(i + j) * Math.cos(i * j)),
  'graded from small to large': filled(14, 14, (i, j) => 10 ** (i + j - 26) * Math.cos(i * j)),
  'a long Jordan block': filled(16, 16, (i, j) => (i === j ? 1e-3 : j === i + 1 ? 1 : 0)),
  'a singular bidiagonal': filled(9, 9, (i, j) => (i === j ? i % 3 : j === i + 1 ? 1 : 0)),
  'of size 1e200': filled(9, 6, (i, j) => 1e200 * Math.cos(i * j + i)),
  'of size 1e-200': filled(6, 9, (i, j) => 1e-200 * Math.cos(i * j + i)),
  'with one large element': filled(7, 7, (i, j) =>
    i === 3 && j === 4 ? 1e8 : Math.sin(i + 3 * j),
  ),
  Hilbert: filled(12, 12, (i, j) => 1 / (i + j + 1)),
};

function filled(
  n: number,
  d: number,
  entry: (i: number, j: number) => number,
): Matrix<Float64Array> {
  const out = zeros64(n, d);
  for (let i = 0; i < out.data.length; i++) out.data[i] = entry(Math.floor(i / d), i % d);
  return out;
}
