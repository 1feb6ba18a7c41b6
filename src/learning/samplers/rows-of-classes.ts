import { InputError } from '../../core/errors.ts';

/** The rows of each class that has any, by ascending class; a class of −1 stands for none. */
export function rowsOfClasses(where: string, classes: ArrayLike<number>): readonly Int32Array[] {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < classes.length; i++) {
    const y = classes[i];
    if (!Number.isInteger(y) || y < -1)
      throw new InputError(
        where,
        `class ${y} of row ${i} is not a whole number from 0 on, nor −1 for none.`,
      );
    const known = rows.get(y);
    if (known) known.push(i);
    else if (y >= 0) rows.set(y, [i]);
  }
  return [...rows].toSorted(([a], [b]) => a - b).map(([, of]) => Int32Array.from(of));
}

/** Those of at least two rows; refuses rows among which no two can be told apart, or none belong together. */
export function classesToCompare(
  where: string,
  classes: ArrayLike<number>,
): { readonly all: readonly Int32Array[]; readonly several: readonly Int32Array[] } {
  const all = rowsOfClasses(where, classes);
  if (all.length < 2)
    throw new InputError(where, `at least 2 classes are expected; the rows have ${all.length}.`);
  const several = all.filter((rows) => rows.length > 1);
  if (several.length === 0)
    throw new InputError(where, 'a class of at least 2 rows is expected; each row has its own.');
  return { all, several };
}
