import { InputError, ShapeError } from '../../../core/errors.ts';

/** Classes by number: the names in their order, and the number of each row. */
export interface NumberedClasses {
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** Numbers the classes by their names, in alphabetical order; refuses fewer than two. */
export function numberedClasses(
  where: string,
  classes: readonly string[],
  rows: number,
): NumberedClasses {
  if (classes.length !== rows)
    throw new ShapeError(where, `${rows} classes, one an example`, `${classes.length}`);
  const names = [...new Set(classes)].toSorted();
  if (names.length < 2)
    throw new InputError(
      where,
      `all ${rows} examples have the class ${JSON.stringify(names[0] ?? '')}; at least two classes are needed.`,
    );
  return { names, of: placesOf(classes, names) };
}

/** The place of each class in the names, which have them all. */
export function placesOf(classes: readonly string[], names: readonly string[]): Int32Array {
  const number = new Map(names.map((name, i) => [name, i]));
  return Int32Array.from(classes, (name) => number.get(name) ?? -1);
}
