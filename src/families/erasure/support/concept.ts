import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { zeros64 } from '../../../core/matrix.ts';

/** The classes of rows, numbered by name. */
export interface Concept {
  /** k, sorted. */
  readonly names: readonly string[];
  /** Number of each row's class, n. */
  readonly of: Int32Array;
  /** Rows in each class, k. */
  readonly counts: Int32Array;
}

/** The classes of n rows; refuses another count of them, and one class alone. */
export function conceptOf(where: string, classes: readonly string[], n: number): Concept {
  if (classes.length !== n)
    throw new ShapeError(where, `a class for each of the ${n} rows`, `${classes.length}`);
  const names = [...new Set(classes)].sort();
  if (names.length < 2)
    throw new InputError(
      where,
      `all ${n} rows have the class ${JSON.stringify(names[0])}; two classes or more are needed to tell what to erase.`,
    );
  const numbers = new Map(names.map((name, c) => [name, c]));
  const of = Int32Array.from(classes, (name) => numbers.get(name) ?? 0);
  const counts = new Int32Array(names.length);
  for (const c of of) counts[c] += 1;
  return { names, of, counts };
}

/** The concept of some of the rows; classes without any keep their number and count 0. */
export function conceptOfRows({ names, of }: Concept, rows: ArrayLike<number>): Concept {
  const own = Int32Array.from(rows, (i) => of[i]);
  const counts = new Int32Array(names.length);
  for (const c of own) counts[c] += 1;
  return { names, of: own, counts };
}

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
