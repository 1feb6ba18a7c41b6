import { InputError, ShapeError } from '../../../core/errors.ts';

/** Refuses partners that are not one row (or −1) for each of n rows, naming the first. */
export function requirePartners(where: string, partners: Int32Array, n: number): void {
  if (partners.length !== n)
    throw new ShapeError(where, `a partner for each of ${n} rows`, `${partners.length} partners`);
  const odd = partners.findIndex((partner, i) => partner < -1 || partner >= n || partner === i);
  if (odd < 0) return;
  const expected = `another of the rows 0 … ${n - 1}, or −1 for none`;
  throw new InputError(
    where,
    `the partner of row ${odd} is ${partners[odd]}; expected ${expected}.`,
  );
}

/** Refuses classes that are not one whole number (or −1) for each of n rows, naming the first. */
export function requireClasses(where: string, classes: Int32Array, n: number): void {
  if (classes.length !== n)
    throw new ShapeError(where, `a class for each of ${n} rows`, `${classes.length} classes`);
  const odd = classes.findIndex((each) => each < -1);
  if (odd < 0) return;
  const expected = 'a whole number from 0, or −1 for none';
  throw new InputError(where, `the class of row ${odd} is ${classes[odd]}; expected ${expected}.`);
}
