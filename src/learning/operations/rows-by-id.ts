import { InputError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { type Shape, shapeInWords } from '../tape/tensor.ts';

/** Rows and columns of a tensor that must have both. */
export function tableShape(
  where: string,
  shape: Shape,
  what = 'a table, rows × columns',
): readonly [number, number] {
  const [v, d] = shape;
  if (shape.length !== 2 || v === undefined || d === undefined)
    throw new ShapeError(where, what, shapeInWords(shape));
  return [v, d];
}

/** Refuses what is not a whole number in 0 … v − 1; the sentence calls it a `noun`. */
export function requireIds(where: string, ids: ArrayLike<number>, v: number, noun = 'id'): void {
  for (let i = 0; i < ids.length; i++) {
    if (!Number.isInteger(ids[i]) || ids[i] < 0 || ids[i] >= v)
      throw new InputError(where, `${noun} ${ids[i]} at place ${i} is not in 0 … ${v - 1}.`);
  }
}

/** Row i of `out` becomes row ids[i] of `table`. */
export function gatherRows(table: Floats, ids: ArrayLike<number>, d: number, out: Floats): void {
  for (let i = 0; i < ids.length; i++) {
    const from = ids[i] * d;
    for (let c = 0; c < d; c++) out[i * d + c] = table[from + c];
  }
}

/** Row v of `table` becomes the sum of the rows i with ids[i] = v. */
export function scatterRows(rows: Floats, ids: ArrayLike<number>, d: number, table: Floats): void {
  table.fill(0);
  for (let i = 0; i < ids.length; i++) {
    const at = ids[i] * d;
    for (let c = 0; c < d; c++) table[at + c] += rows[i * d + c];
  }
}
