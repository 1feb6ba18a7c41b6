import { InputError } from '../core/errors.ts';
import { readPairs } from '../io/index.ts';

type Labels = readonly string[] | undefined;

/** Pairs of rows of a file of two columns, each by number from 0 or by label; `what` they are called in messages. */
export async function readRowPairs(
  file: string,
  labelsA: Labels,
  labelsB: Labels,
  what = 'pair',
): Promise<{ readonly a: number[]; readonly b: number[] }> {
  const { names, pairs } = await readPairs(file);
  const sides = [labelsA, labelsB].map((labels) => numbersOf(labels));
  // A line of which one name is a row is a pair with a mistake.
  const isHeader = names.every((name, side) => sides[side](name) < 0);
  const all = isHeader ? pairs : [names, ...pairs];
  const rowOf = (name: string, side: number, at: number): number => {
    const row = sides[side](name);
    if (row < 0)
      throw new InputError(file, `${JSON.stringify(name)} of ${what} ${at + 1} is no row.`);
    return row;
  };
  return {
    a: all.map(([a], at) => rowOf(a, 0, at)),
    b: all.map(([, b], at) => rowOf(b, 1, at)),
  };
}

/** The row of a label or of a number; −1 where there is none. */
function numbersOf(labels: Labels): (name: string) => number {
  const numbers = new Map(labels?.map((label, row) => [label, row]));
  return (name) => numbers.get(name) ?? (/^\d+$/.test(name) ? Number(name) : -1);
}
