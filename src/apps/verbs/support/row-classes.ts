import { OptionError } from '../../../core/errors.ts';
import type { AnyTable } from '../../../io/given-table.ts';
import type { Column } from '../../../io/table.ts';

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

/**
 * The class of each row, numbered in order of appearance; −1 where its value is empty or no number. From the named
 * column, which `option` named, else from the labels if some label repeats: labels that are all different are names, not
 * classes.
 */
export function rowClasses(
  where: string,
  { labels, columns }: Pick<AnyTable, 'labels' | 'columns'>,
  name?: string,
  option = 'classes',
): Int32Array | undefined {
  const known: Readonly<Record<string, Column>> = {
    ...(labels && { [LABELS]: labels }),
    ...columns,
  };
  if (name === undefined) return labels && numbered(labels, true);
  if (Object.hasOwn(known, name)) return numbered(known[name], false);
  const names = Object.keys(known).join(', ');
  const wanted = names === '' ? 'left out: the table has no columns' : `one of ${names}`;
  throw new OptionError(where, option, wanted, name);
}

function numbered(column: Column, onlyRepeated: boolean): Int32Array | undefined {
  const numbers = new Map<string | number, number>();
  let repeated = false;
  const classes = Int32Array.from({ length: column.length }, (_, i) => {
    const value = column[i];
    if (value === '' || Number.isNaN(value)) return -1;
    const number = numbers.get(value) ?? numbers.size;
    repeated ||= number < numbers.size;
    numbers.set(value, number);
    return number;
  });
  return repeated || !onlyRepeated ? classes : undefined;
}
