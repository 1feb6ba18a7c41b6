import { readBeside } from '../../io/sharded/index.ts';
import type { Column, VectorTable } from '../../io/table.ts';
import type { TableWork } from './table-work.ts';

/** Labels and columns of all rows of a table, or the columns of some names: what lies beside the vectors. */
export async function readColumns(
  { table, manifest }: Pick<TableWork, 'table' | 'manifest'>,
  names: readonly string[] = manifest.columns,
): Promise<Pick<VectorTable, 'labels' | 'columns'>> {
  const labels: string[] = [];
  const parts = new Map<string, (string | number)[]>();
  for (const shard of manifest.shards) {
    const beside = await readBeside(table, shard);
    for (const label of beside.labels ?? []) labels.push(label);
    for (const name of names) {
      const all = parts.get(name) ?? [];
      for (const value of beside.columns?.[name] ?? []) all.push(value);
      parts.set(name, all);
    }
  }
  const columns = Array.from(parts, ([name, values]): [string, Column] => [name, columnOf(values)]);
  return {
    ...(manifest.labels === false ? {} : { labels }),
    ...(columns.length > 0 && { columns: Object.fromEntries(columns) }),
  };
}

function columnOf(values: readonly (string | number)[]): Column {
  return typeof values[0] === 'number'
    ? Float64Array.from(values as readonly number[])
    : (values as readonly string[]);
}
