import type { Predicate, Question, Value } from '../../../structures/filters/types.ts';

/** How an SQL engine writes the parts of a condition. */
export interface Dialect {
  /** A column, by the name that conditions use. */
  readonly column: (name: string) => string;
  /** A value: a parameter, or a literal. */
  readonly value: (value: Value) => string;
  /** Whether a text holds another, letter for letter. */
  readonly contains: (column: string, text: string) => string;
}

/**
 * A condition in SQL. Missing values are NULL there, and the logic is the same: what is unknown does not pass. Texts must
 * be ordered by their code points (`COLLATE "C"`).
 */
export function filterSql(predicate: Predicate, dialect: Dialect): string {
  if (predicate.kind === 'not') return `NOT (${filterSql(predicate.part, dialect)})`;
  if ('parts' in predicate)
    return predicate.parts
      .map((part) => `(${filterSql(part, dialect)})`)
      .join(` ${predicate.kind.toUpperCase()} `);
  return questionSql(predicate, dialect);
}

function questionSql(question: Question, { column: nameOf, value, contains }: Dialect): string {
  const column = nameOf(question.column);
  switch (question.kind) {
    case 'missing':
      return `${column} IS NULL`;
    case 'compare':
      return `${column} ${question.operator === '!=' ? '<>' : question.operator} ${value(question.value)}`;
    case 'between':
      return `${column} BETWEEN ${value(question.low)} AND ${value(question.high)}`;
    case 'in':
      return `${column} IN (${question.values.map(value).join(', ')})`;
    case 'contains':
      return contains(column, question.text);
  }
}
