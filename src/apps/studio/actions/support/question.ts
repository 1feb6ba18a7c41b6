import { OptionError } from '../../../../core/errors.ts';
import type { Question } from '../../../store/types.ts';

/** How a query is asked: one of these. */
export const questionParameters = {
  row: { kind: 'rows', doc: 'A row of the table, as a list of one number.' },
  label: { kind: 'text', doc: 'The label of a row.' },
  formula: { kind: 'text', doc: 'Words with signs: king - man + woman.' },
  text: { kind: 'text', doc: 'Words, of which the mean is asked.' },
  vector: { kind: 'numbers', doc: 'A vector, as many numbers as the table has columns.' },
} as const;

export interface GivenQuestion {
  readonly row: readonly number[] | undefined;
  readonly label: string | undefined;
  readonly formula: string | undefined;
  readonly text: string | undefined;
  readonly vector: readonly number[] | undefined;
}

/** The one that was asked; undefined where none was. Refuses two. */
export function questionOf(
  action: string,
  { row, label, formula, text, vector }: GivenQuestion,
): Question | undefined {
  if (row && row.length !== 1) throw new OptionError(action, 'row', 'a list of one row', row);
  const asked: readonly (Question | undefined)[] = [
    row && { row: row[0] },
    label === undefined ? undefined : { label },
    formula === undefined ? undefined : { formula },
    text === undefined ? undefined : { text },
    vector && { vector },
  ];
  const given = asked.filter((question) => question !== undefined);
  if (given.length <= 1) return given[0];
  const names = given.flatMap((question) => Object.keys(question));
  throw new OptionError(action, names[1], `left out where there is ${names[0]}`, 'both');
}

/** The question in a few words, as a title. */
export function questionWords(question: Question): string {
  const [[kind, value]] = Object.entries(question);
  if (kind === 'vector') return 'a vector';
  return kind === 'row' ? `row ${value}` : String(value);
}
