import { basename, dirname, extname, join } from 'node:path';
import {
  type Column,
  type RowColumns,
  type VectorTable,
  type Written,
  write,
  writeColumns,
} from '../io/index.ts';
import { writeBytes } from './files.ts';

/**
 * Writes a table; what the format has no place for (labels, norms, other columns) goes into a CSV
 * file beside it, so that nothing is lost. Returns the paths written.
 */
export async function writeWhole(path: string, table: VectorTable): Promise<string[]> {
  return withTheRest(await write(path, table), table);
}

/** Writes columns alone, in the same way. */
export async function writeColumnsWhole(path: string, rows: RowColumns): Promise<string[]> {
  return withTheRest(await writeColumns(path, rows), rows);
}

async function withTheRest(
  { path, rows, dropped }: Written,
  { labels, columns = {} }: Pick<VectorTable, 'labels' | 'columns'>,
): Promise<string[]> {
  if (dropped.length === 0) return [path];
  const left: [string, Column][] = dropped.map((name) =>
    name === 'labels' && labels ? ['label', labels] : [name, columns[name] ?? []],
  );
  const beside = join(dirname(path), `${basename(path, extname(path))}.rows.csv`);
  await writeBytes(beside, csv(left, rows));
  return [path, beside];
}

function csv(columns: readonly (readonly [name: string, values: Column])[], rows: number): string {
  const lines = [columns.map(([name]) => quoted(name)).join(',')];
  for (let i = 0; i < rows; i++) {
    lines.push(columns.map(([, values]) => quoted(String(values[i]))).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
