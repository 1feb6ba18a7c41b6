import { basename, dirname, extname, join } from 'node:path';
import { Option } from 'commander';
import { databases } from '../adapters/databases/index.ts';
import { outputStream } from '../io/files.ts';
import {
  type Column,
  type FormatId,
  type RowColumns,
  type VectorTable,
  type Written,
  writableFormats,
  write,
  writeColumns,
} from '../io/index.ts';
import { writeBytes } from './files.ts';
import { say } from './terminal.ts';

/** Which format to write; a stream has no extension that could say. */
export interface ToFlag {
  readonly to?: string;
}

export function toFlag(what = 'the output'): Option {
  return new Option(
    '--to <id>',
    `write ${what} in this format, whatever its extension; needed for - (standard output)`,
  ).choices(writableFormats.map(({ id }) => id));
}

export const formatIdOf = ({ to }: ToFlag): FormatId | undefined => to as FormatId | undefined;

/**
 * Writes a table; what the format has no place for (labels, norms, other columns) goes into a CSV
 * file beside it, so that nothing is lost. Returns the paths written. There is nothing beside a stream: what it does
 * not hold is named.
 */
export async function writeWhole(
  path: string,
  table: VectorTable,
  format?: FormatId,
): Promise<string[]> {
  const written = await write(path, table, { format, places: databases });
  for (const remark of written.remarks ?? []) say(remark);
  return withTheRest(written, table);
}

/** Writes columns alone, in the same way. */
export async function writeColumnsWhole(
  path: string,
  rows: RowColumns,
  format?: FormatId,
): Promise<string[]> {
  return withTheRest(await writeColumns(path, rows, { format }), rows);
}

async function withTheRest(
  { path, format, rows, dropped }: Written,
  { labels, columns = {} }: Pick<VectorTable, 'labels' | 'columns'>,
): Promise<string[]> {
  if (dropped.length === 0) return [path];
  if ((await outputStream(path)) !== undefined) {
    say(`${format} has no place for ${dropped.join(', ')}: left out.`);
    return [path];
  }
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
