import { InputError, ShapeError } from '../../../core/errors.ts';

/** Classes by number: the names in their order, and the number of each row. */
export interface NumberedClasses {
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** Numbers the classes by their names, in alphabetical order; refuses fewer than two, and names. */
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
  if (names.length > rows / 2)
    throw new InputError(
      where,
      `${names.length} classes for ${rows} examples: a class needs several (is this a column of names?).`,
    );
  return { names, of: placesOf(classes, names) };
}

/** The place of each class in the names, which have them all. */
export function placesOf(classes: readonly string[], names: readonly string[]): Int32Array {
  const number = new Map(names.map((name, i) => [name, i]));
  return Int32Array.from(classes, (name) => number.get(name) ?? -1);
}

/** Refuses a class without a row. */
export function requireEvery(where: string, names: readonly string[], of: Int32Array): void {
  const seen = new Set(of);
  const missing = names.findIndex((_, i) => !seen.has(i));
  if (missing >= 0)
    throw new InputError(
      where,
      `every row of the class ${JSON.stringify(names[missing])} is held out, and its vector is to come from the others; lower heldOut (--held-out).`,
    );
}
