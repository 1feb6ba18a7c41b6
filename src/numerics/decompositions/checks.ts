import { InputError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';

/** Refuses a matrix without elements or with an element that is not finite; else the largest |element|. */
export function largestElement(where: string, { data, rows, cols }: Matrix): number {
  if (rows < 1 || cols < 1) {
    throw new ShapeError(where, 'at least one row and one column', `${rows} × ${cols}`);
  }
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (!(size < Infinity)) {
      const place = `(${Math.floor(i / cols)}, ${i % cols})`;
      throw new InputError(where, `element ${place} is ${data[i]}.`);
    }
    if (size > largest) largest = size;
  }
  return largest;
}

/** A square matrix, its upper triangle finite: its size and the power of two to divide it by. */
export function requireSquare(
  where: string,
  { data, rows: n, cols }: Matrix,
): { readonly n: number; readonly scale: number } {
  if (n !== cols || n < 1) throw new ShapeError(where, 'a square matrix', `${n} × ${cols}`);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const size = Math.abs(data[i * n + j]);
      if (!(size < Infinity)) {
        throw new InputError(where, `element (${i}, ${j}) is ${data[i * n + j]}.`);
      }
      if (size > largest) largest = size;
    }
  }
  return { n, scale: powerOfTwo(largest) };
}

/** The power of two in (x / 2, x], to divide by without rounding; 1 for 0. */
export function powerOfTwo(x: number): number {
  if (x === 0) return 1;
  const bits = new Uint32Array(Float64Array.of(x).buffer);
  // Typed arrays are little-endian on every platform that runs WebAssembly.
  const exponent = (bits[1] >>> 20) & 2047;
  return 2 ** (Math.max(exponent, 1) - 1023);
}

/** The places of the values from the largest to the smallest; of equal ones the first comes first. */
export function largestFirst(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);
}
