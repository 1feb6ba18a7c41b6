/** The classes of rows, numbered by name. */
export interface NumberedClasses {
  /** k, sorted. */
  readonly names: readonly string[];
  /** Number of each row's class, n. */
  readonly of: Int32Array;
  /** Rows in each class, k. */
  readonly counts: Int32Array;
}

export function numberedClasses(classes: readonly string[]): NumberedClasses {
  const names = [...new Set(classes)].sort();
  const numbers = new Map(names.map((name, c) => [name, c]));
  const of = Int32Array.from(classes, (name) => numbers.get(name) ?? 0);
  return { names, of, counts: countsOf(of, names.length) };
}

/** The classes of some of the rows; classes without any keep their number and count 0. */
export function classesOfRows(
  { names, of }: Pick<NumberedClasses, 'names' | 'of'>,
  rows: ArrayLike<number>,
): NumberedClasses {
  const kept = Int32Array.from(rows, (i) => of[i]);
  return { names, of: kept, counts: countsOf(kept, names.length) };
}

function countsOf(of: Int32Array, k: number): Int32Array {
  const counts = new Int32Array(k);
  for (const c of of) counts[c] += 1;
  return counts;
}
