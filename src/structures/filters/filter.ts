import { InputError, ShapeError } from '../../core/errors.ts';
import type { Column } from '../../io/table.ts';
import { requireFitting } from './support/fitting.ts';
import { questionOfNumbers, questionOfTexts } from './support/questions.ts';
import { FILTER } from './support/tokens.ts';
import type {
  CodedTexts,
  ColumnKind,
  Filter,
  FilterBlock,
  FilterColumn,
  Predicate,
  Question,
} from './types.ts';

type Ask = (block: FilterBlock, out: Uint8Array) => void;

/**
 * Checks a condition against columns and prepares it: questions on texts are answered once for each different text, and
 * rows only look the answer up. O(n) for each question.
 *
 * @throws InputError where a column is unknown, or is asked what its values cannot be
 */
export function preparedFilter(
  predicate: Predicate,
  kinds: Readonly<Record<string, ColumnKind>>,
): Filter {
  const names = new Set<string>();
  const root = prepared(predicate, false, (question, isNegated) => {
    const kind = requireFitting(question, kinds);
    names.add(question.column);
    return kind === 'numbers'
      ? questionOfNumbers(question, isNegated)
      : questionOfTexts(question, isNegated, kind);
  });
  return {
    columns: [...names],
    mask(block, n) {
      const out = new Uint8Array(n);
      root(block, out);
      return out;
    },
  };
}

/**
 * Negations go down to the questions, where a missing value can be told from a "no": this is exact in the logic of three
 * values, whose "unknown" does not pass.
 */
function prepared(
  predicate: Predicate,
  isNegated: boolean,
  question: (own: Question, isNegated: boolean) => Ask,
): Ask {
  if (predicate.kind === 'not') return prepared(predicate.part, !isNegated, question);
  if (!('parts' in predicate)) return question(predicate, isNegated);
  const [first, ...others] = predicate.parts.map((part) => prepared(part, isNegated, question));
  if (!first) throw new InputError(FILTER, `"${predicate.kind}" joins no conditions.`);
  const isAnd = (predicate.kind === 'and') !== isNegated;
  return (block, out) => {
    first(block, out);
    const own = new Uint8Array(out.length);
    for (const other of others) {
      other(block, own);
      if (isAnd) for (let i = 0; i < out.length; i++) out[i] &= own[i];
      else for (let i = 0; i < out.length; i++) out[i] |= own[i];
    }
  };
}

/** The columns that a condition asks, each once. */
export function columnsAsked(predicate: Predicate): Set<string> {
  if (predicate.kind === 'not') return columnsAsked(predicate.part);
  if (!('parts' in predicate)) return new Set([predicate.column]);
  return new Set(predicate.parts.flatMap((part) => [...columnsAsked(part)]));
}

/** Texts with a number for each different one, in order of appearance. */
export function codedTexts(column: readonly string[]): CodedTexts {
  const codeOf = new Map<string, number>();
  const codes = new Uint32Array(column.length);
  for (let i = 0; i < codes.length; i++) {
    const known = codeOf.get(column[i]) ?? codeOf.size;
    if (known === codeOf.size) codeOf.set(column[i], known);
    codes[i] = known;
  }
  return { codes, texts: [...codeOf.keys()] };
}

/** Columns of a table as filters read them. */
export function filterColumns(
  columns: Readonly<Record<string, Column>>,
): Record<string, FilterColumn> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      column instanceof Float64Array ? column : codedTexts(column),
    ]),
  );
}

/**
 * Which of n rows pass a condition: 1 or 0 each.
 *
 * @throws InputError where a column is unknown, or is asked what its values cannot be
 */
export function filterMask(
  predicate: Predicate,
  columns: Readonly<Record<string, FilterColumn>>,
  n: number,
): Uint8Array {
  const entries = Object.entries(columns);
  const kinds = entries.map(([name, column]) => [name, kindOf(column)] as const);
  const blocks = entries.map(([name, column]) => {
    const rows = column instanceof Float64Array ? column : column.codes;
    if (rows.length !== n)
      throw new ShapeError(
        FILTER,
        `${n} values in column ${JSON.stringify(name)}`,
        `${rows.length}`,
      );
    return [name, rows] as const;
  });
  const filter = preparedFilter(predicate, Object.fromEntries(kinds));
  return filter.mask(Object.fromEntries(blocks), n);
}

function kindOf(column: FilterColumn): ColumnKind {
  return column instanceof Float64Array ? 'numbers' : column.texts;
}
