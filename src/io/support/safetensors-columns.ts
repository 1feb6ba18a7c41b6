import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import type { Column } from '../table.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import { isIdName, isLabelName } from './column-names.ts';
import { parsedJson } from './json-text.ts';
import { npyValue } from './npy-values.ts';
import type { Header, Tensor } from './safetensors-header.ts';
import { requireDistinct } from './select.ts';

/** Columns are tensors or entries of the metadata of this name and their own. */
export const COLUMN = 'columns/';

/** A column, and the tensor or the entry of the metadata that it comes from. */
export type Found = readonly [name: string, column: Column, key: string];

/** Labels, where they come from, and the columns that are left. */
export interface Labelled {
  readonly labels?: readonly string[] | undefined;
  readonly from: string | true;
  readonly columns: Record<string, Column>;
}

/** The labels: those of the metadata, or the column that the caller names or that is called `id`. */
export function labelledColumns(
  source: ByteSource,
  found: readonly Found[],
  names: readonly string[] | undefined,
  { labels: json }: Header['metadata'],
  rows: number,
  { label }: ReadOptions,
): Labelled {
  const rest = (taken?: Found): Record<string, Column> =>
    Object.fromEntries(found.filter((column) => column !== taken).map(([name, c]) => [name, c]));
  const own = names ?? labelsOf(source, json, rows);
  if (label === false || (label === undefined && own)) {
    return { ...(label === false ? {} : { labels: own }), from: true, columns: rest() };
  }
  const chosen = found.find(([name]) => (label === undefined ? isIdName(name) : name === label));
  if (label !== undefined && !chosen) {
    const there = found.map(([name]) => JSON.stringify(name)).join(', ') || 'none';
    refuse(source, `there is no column ${JSON.stringify(label)}; there are ${there}.`);
  }
  if (!chosen) return { from: true, columns: rest() };
  return { labels: Array.from(chosen[1], textOfValue), from: chosen[0], columns: rest(chosen) };
}

/** The labels that the metadata list; refuses another number of them than rows. */
function labelsOf(source: ByteSource, json: unknown, rows: number): string[] | undefined {
  const list = listOf(json);
  if (list && list.length !== rows) {
    refuse(source, `the metadata have ${list.length} labels for ${rows} rows.`);
  }
  return list?.map(textOfValue);
}

/** The JSON list that a text is, or undefined. */
function listOf(json: unknown): unknown[] | undefined {
  if (typeof json !== 'string') return undefined;
  try {
    const list = parsedJson(json);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lists of a value for each row: tensors of one dimension and texts in the metadata, under the names that
 * Tammes writes, and tensors that are called as labels are.
 */
export async function tensorColumns(
  source: ByteSource,
  tensors: readonly Tensor[],
  vectors: Tensor,
  metadata: Header['metadata'],
  rows: number,
): Promise<Found[]> {
  const columns: Found[] = [];
  for (const { name, shape, dtype, offset, bytes } of tensors) {
    const isNamed = name.startsWith(COLUMN) || isLabelName(name);
    const isColumn = isNamed && shape.length === 1 && shape[0] === rows && name !== vectors.name;
    const value = dtype && npyValue(dtype === 'bf16' ? '<V2' : `<${dtype}`);
    if (!isColumn || !value) continue;
    const content = await source.read(offset, bytes);
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const values = Array.from({ length: rows }, (_, i) => value.at(view, i * value.size));
    columns.push([withoutPrefix(name), columnOfValues(values), name]);
  }
  for (const [key, json] of Object.entries(metadata)) {
    const texts = key.startsWith(COLUMN) ? listOf(json) : undefined;
    if (!texts) continue;
    const name = withoutPrefix(key);
    if (texts.length !== rows) {
      refuse(
        source,
        `the column ${JSON.stringify(name)} has ${texts.length} values for ${rows} rows.`,
      );
    }
    columns.push([name, texts.map(textOfValue), key]);
  }
  requireDistinct(
    source,
    columns.map(([name]) => name),
  );
  return columns;
}

const withoutPrefix = (name: string): string =>
  name.startsWith(COLUMN) ? name.slice(COLUMN.length) : name;
