import { InputError } from '../../../core/errors.ts';
import type { ColumnKind, Question, Value } from '../types.ts';
import { FILTER } from './tokens.ts';

/** What a column is, after checking that it is there and can be asked this. */
export function requireFitting(
  question: Question,
  kinds: Readonly<Record<string, ColumnKind>>,
): ColumnKind {
  const { column } = question;
  if (!Object.hasOwn(kinds, column))
    refuse(question, `is no column; ${listOf(Object.keys(kinds))}`);
  const kind = kinds[column];
  if (kind === 'numbers' && question.kind === 'contains')
    refuse(
      question,
      'is a column of numbers, and contains asks texts: compare it with = < > or between',
    );
  const odd = valuesOf(question).find(
    (value) => (typeof value === 'number') !== (kind === 'numbers'),
  );
  if (odd !== undefined && kind === 'numbers')
    refuse(
      question,
      `is a column of numbers; it cannot be compared with the text ${JSON.stringify(odd)}`,
    );
  if (odd !== undefined)
    refuse(
      question,
      `is a column of texts; it cannot be compared with the number ${odd}: a text stands in quotes`,
    );
  if (valuesOf(question).some((value) => value === ''))
    refuse(
      question,
      'is compared with an empty text, which is a missing value: write `is missing`',
    );
  if (question.kind === 'between' && question.low > question.high)
    refuse(
      question,
      `is asked for values between ${JSON.stringify(question.low)} and ${JSON.stringify(question.high)}; the lower end comes first`,
    );
  return kind;
}

function listOf(names: readonly string[]): string {
  return names.length === 0
    ? 'there are none: build with columns, or with --metadata'
    : `the columns are ${names.map((name) => JSON.stringify(name)).join(', ')}`;
}

function valuesOf(question: Question): readonly Value[] {
  switch (question.kind) {
    case 'compare':
      return [question.value];
    case 'in':
      return question.values;
    case 'between':
      return [question.low, question.high];
    case 'contains':
      return [question.text];
    case 'missing':
      return [];
  }
}

function refuse({ column, at }: Question, sentence: string): never {
  const place = at === undefined ? '' : ` at character ${at}`;
  throw new InputError(FILTER, `${JSON.stringify(column)}${place} ${sentence}.`);
}
