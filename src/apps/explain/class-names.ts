import { ShapeError } from '../../core/errors.ts';

/** With more, each class has too few rows to be explained, and tables of rows by classes get too large. */
const MOST = 1000;

/** The different classes in the order of their names; refuses one alone, and so many that they are rather names of rows. */
export function classNames(where: string, classes: readonly string[]): string[] {
  const names = [...new Set(classes)].sort((a, b) => (a < b ? -1 : 1));
  if (names.length < 2)
    throw new ShapeError(where, 'rows of 2 classes or more', `1: ${JSON.stringify(names[0])}`);
  if (names.length > MOST)
    throw new ShapeError(
      where,
      `at most ${MOST} classes`,
      `${names.length} among ${classes.length} rows; name a column of classes (--classes)`,
    );
  return names;
}
