import { InputError, ShapeError } from './errors.ts';
import type { Floats, Matrix } from './matrix.ts';

/** A tensor as transformers.js, ONNX Runtime or ndarray hold it: values row by row, and its sizes. */
export type TensorLike =
  | { readonly data: ArrayLike<number>; readonly dims: readonly number[] }
  | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

/** n vectors of d numbers, in any of the forms in which programs hold them. */
export type GivenPoints = Matrix | TensorLike | readonly ArrayLike<number>[];

/**
 * The n × d matrix that was given: a matrix as it is; a tensor `{ data, dims }` of two dimensions (or one
 * row, or with leading dimensions of 1); n lists of d numbers. Values that are no float32 or float64 arrays are
 * copied to float32.
 *
 * @throws ShapeError, InputError in a sentence that names `where`, what is expected and what came.
 */
export function givenPoints(where: string, given: unknown): Matrix {
  if (typeof given === 'string' || given instanceof URL) {
    const path = JSON.stringify(String(given));
    throw new InputError(where, `got the path ${path}; read it first: await read(${path}).`);
  }
  if (typeof (given as { then?: unknown } | undefined)?.then === 'function') {
    throw new InputError(where, 'got a promise; await it first.');
  }
  if (Array.isArray(given)) return ofLists(where, given);
  if (typeof given !== 'object' || given === null || !('data' in given)) {
    throw new ShapeError(where, EXPECTED, described(given));
  }
  const { data } = given;
  if ('rows' in given && 'cols' in given) {
    const [rows, cols] = [given.rows, given.cols];
    if (isCount(rows) && isCount(cols) && isFloats(data) && data.length === rows * cols) {
      return given as Matrix;
    }
    return ofSizes(where, data, [rows, cols]);
  }
  const sizes = 'dims' in given ? given.dims : 'shape' in given ? given.shape : undefined;
  if (!Array.isArray(sizes)) throw new ShapeError(where, EXPECTED, described(given));
  return ofSizes(where, data, withoutLeadingOnes(sizes));
}

const EXPECTED = 'n × d vectors: { data, rows, cols }, { data, dims } or n lists of d numbers';

const isCount = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0;

const isFloats = (x: unknown): x is Floats =>
  x instanceof Float32Array || x instanceof Float64Array;

/** `[1, n, d]` is n × d, `[d]` one row. */
function withoutLeadingOnes(sizes: readonly unknown[]): readonly unknown[] {
  const first = sizes.findIndex((size, i) => size !== 1 || i >= sizes.length - 2);
  const rest = sizes.slice(Math.max(0, first));
  return rest.length === 1 ? [1, ...rest] : rest;
}

function ofSizes(where: string, data: unknown, sizes: readonly unknown[]): Matrix {
  const [rows, cols] = sizes;
  if (sizes.length !== 2 || !isCount(rows) || !isCount(cols)) {
    throw new ShapeError(where, 'two whole numbers, rows and columns', `${sizes.join(' × ')}`);
  }
  const values = numbersOf(where, data);
  if (values.length !== rows * cols) {
    const expected = `${rows * cols} values for ${rows} × ${cols}`;
    throw new ShapeError(where, expected, `${values.length}`);
  }
  return { data: values, rows, cols };
}

function numbersOf(where: string, data: unknown): Floats {
  if (isFloats(data)) return data;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    throw new InputError(where, 'the values are 64-bit integers; numbers are expected.');
  }
  if (!Array.isArray(data) && !ArrayBuffer.isView(data)) {
    throw new ShapeError(where, 'an array of numbers as data', described(data));
  }
  const values = data as ArrayLike<unknown>;
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') {
      throw new InputError(where, `value ${i} of the data is ${described(value)}, not a number.`);
    }
    out[i] = value;
  }
  return out;
}

function ofLists(where: string, lists: readonly unknown[]): Matrix {
  const first = lists[0];
  const cols = isList(first) ? first.length : 0;
  const data =
    first instanceof Float64Array
      ? new Float64Array(lists.length * cols)
      : new Float32Array(lists.length * cols);
  for (const [i, list] of lists.entries()) {
    if (!isList(list)) {
      throw new ShapeError(where, 'n lists of d numbers', `${described(list)} as row ${i}`);
    }
    if (list.length !== cols) {
      throw new ShapeError(where, `${cols} numbers in every row`, `${list.length} in row ${i}`);
    }
    for (let c = 0; c < cols; c++) {
      const value = list[c];
      if (typeof value !== 'number') {
        throw new InputError(where, `row ${i}, column ${c} is ${described(value)}, not a number.`);
      }
      data[i * cols + c] = value;
    }
  }
  return { data, rows: lists.length, cols };
}

const isList = (x: unknown): x is ArrayLike<unknown> =>
  Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));

/** What came, in a few words. */
function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 20))}`;
  if (typeof value !== 'object') return `${String(value as number)} (${typeof value})`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const name = (value as object).constructor?.name;
  if (ArrayBuffer.isView(value)) return `one flat ${name}`;
  const keys = Object.keys(value).slice(0, 5).join(', ');
  return `${name && name !== 'Object' ? `a ${name}` : 'an object'} with ${keys || 'no fields'}`;
}
