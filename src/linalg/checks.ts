import { InputError, ShapeError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';

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

/** Aᵀ, each element divided by `divisor`: cols × rows. */
export function transposedCopy({ data, rows, cols }: Matrix, divisor = 1): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j] / divisor;
  }
  return out;
}
