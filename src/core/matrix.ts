import { ShapeError } from './errors.ts';

/** Element types: float32 in use, float64 in oracles. */
export type Floats = Float32Array | Float64Array;

/** Row-major and compact: element (i, j) is `data[i * cols + j]`. */
export interface Matrix<T extends Floats = Floats> {
  readonly data: T;
  readonly rows: number;
  readonly cols: number;
}

/** Wraps `data` without copying. */
export function matrix<T extends Floats>(data: T, rows: number, cols: number): Matrix<T> {
  if (data.length !== rows * cols) {
    throw new ShapeError('matrix', `${rows * cols} values for ${rows} × ${cols}`, `${data.length}`);
  }
  return { data, rows, cols };
}

/** A new `rows × cols` float32 matrix of zeros. */
export function zeros(rows: number, cols: number): Matrix<Float32Array> {
  return { data: new Float32Array(rows * cols), rows, cols };
}

/** A new `rows × cols` float64 matrix of zeros. */
export function zeros64(rows: number, cols: number): Matrix<Float64Array> {
  return { data: new Float64Array(rows * cols), rows, cols };
}

/** A new zero matrix of the same shape and element type. */
export function zerosLike<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const data = new (m.data.constructor as new (n: number) => T)(m.rows * m.cols);
  return { data, rows: m.rows, cols: m.cols };
}

/** The matrix with the element type of another: itself, or a copy. */
export function alike<T extends Floats>(m: Matrix, { data: like }: Matrix<T>): Matrix<T> {
  if (m.data.constructor === like.constructor) return m as Matrix<T>;
  const data = new (like.constructor as new (values: Floats) => T)(m.data);
  return { data, rows: m.rows, cols: m.cols };
}

/** A copy with its own memory. */
export function copied<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const out = zerosLike(m);
  out.data.set(m.data);
  return out;
}

/** A float32 copy. */
export function toFloat32(m: Matrix): Matrix<Float32Array> {
  return { data: new Float32Array(m.data), rows: m.rows, cols: m.cols };
}

/** The matrix in float32: itself, or a copy. */
export function asFloat32(m: Matrix): Matrix<Float32Array> {
  return m.data instanceof Float32Array ? (m as Matrix<Float32Array>) : toFloat32(m);
}

/** A float64 copy. */
export function toFloat64(m: Matrix): Matrix<Float64Array> {
  return { data: new Float64Array(m.data), rows: m.rows, cols: m.cols };
}

/** View of row i; shares memory. */
export function row<T extends Floats>(m: Matrix<T>, i: number): T {
  return m.data.subarray(i * m.cols, (i + 1) * m.cols) as T;
}

/** View of rows a to b (b excluded); shares memory. */
export function rows<T extends Floats>(m: Matrix<T>, a: number, b: number): Matrix<T> {
  return { data: m.data.subarray(a * m.cols, b * m.cols) as T, rows: b - a, cols: m.cols };
}

/** Copies the rows named by `indices`, in that order. */
export function gathered<T extends Floats>(m: Matrix<T>, indices: ArrayLike<number>): Matrix<T> {
  const d = m.cols;
  const data = new (m.data.constructor as new (n: number) => T)(indices.length * d);
  for (let i = 0; i < indices.length; i++) {
    data.set(m.data.subarray(indices[i] * d, (indices[i] + 1) * d), i * d);
  }
  return { data, rows: indices.length, cols: d };
}
