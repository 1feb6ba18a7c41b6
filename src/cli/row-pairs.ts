import { placesOf } from '../apps/verbs/matched-rows.ts';
import { InputError } from '../core/errors.ts';
import { readPairs } from '../io/index.ts';

type Labels = readonly string[] | undefined;

/** A label of several rows, or a name of none. */
const SEVERAL = -1;
const NONE = -2;

/** Pairs of rows of a file of two columns, each by number from 0 or by label; `what` they are called in messages. */
export async function readRowPairs(
  file: string,
  labelsA: Labels,
  labelsB: Labels,
  what = 'pair',
): Promise<{ readonly a: number[]; readonly b: number[] }> {
  const { names, pairs } = await readPairs(file);
  const sides = [labelsA, labelsB].map((labels) => rowsByName(labels));
  // A line of which one name is a row, or that is numbers, is a pair with a mistake.
  const isHeader =
    names.every((name, side) => sides[side](name) === NONE) && !names.every(isNumber);
  const all = isHeader ? pairs : [names, ...pairs];
  const rowOf = (name: string, side: number, at: number): number => {
    const row = sides[side](name);
    if (row >= 0) return row;
    const own = `${JSON.stringify(name)} of ${what} ${at + 1}`;
    throw new InputError(
      file,
      row === SEVERAL
        ? `${own} is the label of several rows; take labels that tell rows apart (--label NAME), or number rows from 0 (--no-label).`
        : `${own} is no row.`,
    );
  };
  return {
    a: all.map(([a], at) => rowOf(a, 0, at)),
    b: all.map(([, b], at) => rowOf(b, 1, at)),
  };
}

const isNumber = (name: string) => name.trim() !== '' && Number.isFinite(Number(name));

/** The row of a label or, where no label looks like a number, of a number: beside labels like 1, 2, 3 a 0 is a mistake. */
function rowsByName(labels: Labels): (name: string) => number {
  const rows = placesOf(labels ?? []);
  const isNumbered = !labels?.some((label) => WHOLE.test(label));
  return (name) => rows.get(name) ?? (isNumbered && WHOLE.test(name) ? Number(name) : NONE);
}

const WHOLE = /^\d+$/;
