import { basename, dirname, extname, join } from 'node:path';
import { type Column, type VectorTable, write } from '../io/index.ts';
import { writeBytes } from './files.ts';

/**
 * Writes a table; what the format has no place for (labels, norms, other columns) goes into a CSV
 * file beside it, so that nothing is lost. Returns the paths written.
 */
export async function writeWhole(path: string, table: VectorTable): Promise<string[]> {
  const { dropped } = await write(path, table);
  if (dropped.length === 0) return [path];
  const columns: [string, Column][] = dropped.map((name) =>
    name === 'labels' && table.labels
      ? ['label', table.labels]
      : [name, table.columns?.[name] ?? []],
  );
  const beside = join(dirname(path), `${basename(path, extname(path))}.rows.csv`);
  await writeBytes(beside, csv(columns, table.points.rows));
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
