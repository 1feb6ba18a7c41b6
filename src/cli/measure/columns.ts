import { OptionError } from '../../core/errors.ts';
import type { Column, VectorTable } from '../../io/index.ts';

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

/** What text files write where a number is not known. */
const NO_NUMBER = /^\s*(nan|na|null)?\s*$/i;

/** Columns of a table by the name that a flag gives; undefined where it was left out. */
export interface NamedColumns {
  words(option: string, name: string | undefined): readonly string[] | undefined;
  numbers(option: string, name: string | undefined): Float64Array | undefined;
}

/** Reads the columns of a table; refuses a name that is none, and words where numbers are wanted. */
export function namedColumns(
  command: string,
  table: Pick<VectorTable, 'labels' | 'columns'>,
): NamedColumns {
  const columns: Readonly<Record<string, Column>> = {
    ...(table.labels ? { [LABELS]: table.labels } : {}),
    ...table.columns,
  };
  const columnOf = (option: string, name: string) => {
    if (Object.hasOwn(columns, name)) return columns[name];
    const known = Object.keys(columns).join(', ');
    const wanted = known === '' ? 'left out: the file has no columns' : `one of ${known}`;
    throw new OptionError(command, option, wanted, name);
  };
  return {
    words: (option, name) =>
      name === undefined ? undefined : Array.from(columnOf(option, name), String),
    numbers(option, name) {
      const column = name === undefined ? undefined : columnOf(option, name);
      if (column === undefined || column instanceof Float64Array) return column;
      const numbers = Float64Array.from(column, (text) =>
        text.trim() === '' ? NaN : Number(text),
      );
      if (numbers.every((x, i) => !Number.isNaN(x) || NO_NUMBER.test(column[i]))) return numbers;
      throw new OptionError(command, option, 'a column of numbers', name);
    },
  };
}
