import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Problem } from '../types.ts';

/** What a problem knows of its rows: their classes, and their partners. */
export type RowFacts = Pick<Problem, 'classes' | 'partners'>;

/** The facts about some of n rows, partners by their place among these: −1 where the partner is not one of them. */
export function factsAmong({ classes, partners }: RowFacts, n: number) {
  const places = new Int32Array(partners ? n : 0).fill(-1);
  return (rows: Int32Array): RowFacts => {
    if (!partners) return { classes: classes && rows.map((row) => classes[row]) };
    rows.forEach((row, place) => {
      places[row] = place;
    });
    const among = rows.map((row) => (partners[row] < 0 ? -1 : places[partners[row]]));
    for (const row of rows) places[row] = -1;
    return { classes: classes && rows.map((row) => classes[row]), partners: among };
  };
}

/** Refuses facts that are not one for each row, and partners that are no other row. */
export function requireFacts(where: string, { classes, partners, start: { rows: n } }: Problem) {
  for (const [name, facts] of Object.entries({ classes, partners })) {
    if (facts && facts.length !== n)
      throw new ShapeError(where, `${name} for each of the ${n} rows`, `${facts.length}`);
  }
  const wrong =
    partners?.findIndex((partner, row) => partner < -1 || partner >= n || partner === row) ?? -1;
  if (!partners || wrong < 0) return;
  const expected = `another row, 0 … ${n - 1}, or −1 for none`;
  throw new InputError(
    where,
    `the partner of row ${wrong} is ${partners[wrong]}; expected ${expected}.`,
  );
}
