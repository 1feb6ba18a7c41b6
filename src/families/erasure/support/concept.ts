import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { zeros64 } from '../../../core/matrix.ts';
import {
  classesOfRows,
  type NumberedClasses,
  numberedClasses,
} from '../../../core/numbered-classes.ts';

/** The classes of rows, numbered by name. */
export type Concept = NumberedClasses;

/** The classes of n rows; refuses another count of them, and one class alone. */
export function conceptOf(where: string, classes: readonly string[], n: number): Concept {
  if (classes.length !== n)
    throw new ShapeError(where, `a class for each of the ${n} rows`, `${classes.length}`);
  const concept = numberedClasses(classes);
  if (concept.names.length < 2)
    throw new InputError(
      where,
      `all ${n} rows have the class ${JSON.stringify(concept.names[0])}; two classes or more are needed to tell what to erase.`,
    );
  return concept;
}

/** The concept of some of the rows; classes without any keep their number and count 0. */
export const conceptOfRows: (concept: Concept, rows: ArrayLike<number>) => Concept = classesOfRows;

/** 1/n Σ over the rows of each class of x − `origin`, k × d: the transposed cross-covariance with the one-hot classes. */
export function classSums(
  { data, rows: n, cols: d }: Matrix,
  { of, counts }: Concept,
  origin: Float64Array,
): Matrix<Float64Array> {
  const sums = zeros64(counts.length, d);
  for (let i = 0; i < n; i++) {
    const at = of[i] * d;
    for (let c = 0; c < d; c++) sums.data[at + c] += (data[i * d + c] - origin[c]) / n;
  }
  return sums;
}
