import { InputError } from '../../core/errors.ts';
import type { FactorColumn } from '../../structures/factor-grid/index.ts';

/** A grid written as a table of labels: a line for each value of one factor, a column for each value of the other. */
export interface LabeledGrid {
  /** The row of each cell that is there. */
  readonly rows: Int32Array;
  readonly columns: readonly FactorColumn[];
  /** Labels of the table that are no row. */
  readonly missing: readonly string[];
}

/** The rows whose labels a table names; a line is called by its first label. */
export function gridOfLabels(
  file: string,
  table: ReadonlyMap<string, ArrayLike<string | number | bigint | boolean | null>>,
  labels: readonly string[],
): LabeledGrid {
  const names = [...table.keys()];
  if (names.length < 2)
    throw new InputError(
      file,
      `a grid of labels needs two columns or more, one for each form; there is ${names.length}.`,
    );
  const rowOf = new Map<string, number>();
  for (const [row, label] of labels.entries()) if (!rowOf.has(label)) rowOf.set(label, row);
  const lines = lineNames(Array.from(table.get(names[0]) ?? [], String));
  const rows: number[] = [];
  const [things, forms, missing]: string[][] = [[], [], []];
  for (const [line, thing] of lines.entries())
    for (const form of names) {
      const label = String(table.get(form)?.[line] ?? '').trim();
      const row = rowOf.get(label);
      if (row === undefined) {
        if (label !== '') missing.push(label);
        continue;
      }
      rows.push(row);
      things.push(thing);
      forms.push(form);
    }
  if (rows.length === 0)
    throw new InputError(file, `none of its ${missing.length} labels is a row of the vectors.`);
  const columns = [
    { name: names[0], values: things },
    { name: 'column', values: forms },
  ];
  return { rows: Int32Array.from(rows), columns, missing };
}

/** The first labels, told apart where they come again. */
function lineNames(first: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return first.map((label, line) => {
    const name = label.trim() === '' ? `line ${line + 1}` : label.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
