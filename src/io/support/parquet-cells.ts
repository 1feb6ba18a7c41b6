import type { ColumnMetaData, RowGroup } from 'hyparquet';
import { type ByteSource, refuse } from '../contract.ts';
import { guarded } from './guarded.ts';
import { isPlausible } from './inflated.ts';
import type { ParquetField } from './parquet-columns.ts';
import { cellsOf, type Leaf } from './parquet-values.ts';
import { Bytes } from './vector-cells.ts';

/** Rows that decide what a column is. */
const SAMPLE = 200;

/** Bytes that are read first where only the first rows matter. */
const FIRST_BYTES = 1 << 20;

export function chunkOf(source: ByteSource, group: RowGroup, { path }: Leaf): ColumnMetaData {
  const same = (other: readonly string[]): boolean =>
    other.length === path.length && other.every((name, i) => name === path[i]);
  const chunk = group.columns.find(({ meta_data }) => meta_data && same(meta_data.path_in_schema));
  return chunk?.meta_data ?? refuse(source, `the column ${path.join('.')} has no data.`);
}

/** The bytes of a column chunk, or the first of them. */
export async function chunkBytes(
  source: ByteSource,
  meta: ColumnMetaData,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const { dictionary_page_offset: first, data_page_offset: data } = meta;
  const start = Number(first !== undefined && first > 0n && first < data ? first : data);
  return source.read(start, Math.min(most, Number(meta.total_compressed_size)));
}

/** The leaves of a field, those inside its structures too. */
export function leavesOf({ leaf, fields = [] }: ParquetField): Leaf[] {
  return leaf ? [leaf] : fields.flatMap(leavesOf);
}

/** Values a chunk may hold: what it says, unless that is beyond what its bytes can be. */
function valuesOf(source: ByteSource, meta: ColumnMetaData): number {
  const values = Number(meta.num_values);
  if (isPlausible(values, Number(meta.total_compressed_size))) return values;
  return refuse(source, `a column of the Parquet file claims ${values} values.`);
}

/** The cells of a field in a row group: values, lists, or objects of them. */
export async function fieldCells(
  source: ByteSource,
  group: RowGroup,
  field: ParquetField,
): Promise<unknown[]> {
  const rows = Number(group.num_rows);
  return combined(field, rows, async (leaf) => {
    const meta = chunkOf(source, group, leaf);
    const bytes = await chunkBytes(source, meta);
    const part = { rows, values: valuesOf(source, meta), isPart: false };
    return guarded(source, 'Parquet', () => cellsOf(bytes, meta, leaf, part));
  });
}

/** The first cells of a field in a row group; of a large chunk only the first bytes are read. */
export async function firstCells(
  source: ByteSource,
  group: RowGroup,
  field: ParquetField,
): Promise<unknown[]> {
  const all = Number(group.num_rows);
  const cells = await combined(field, Math.min(SAMPLE, all), (leaf) =>
    firstOfLeaf(source, group, leaf),
  );
  return cells.slice(0, SAMPLE);
}

/** At least `SAMPLE` cells, or all. */
async function firstOfLeaf(source: ByteSource, group: RowGroup, leaf: Leaf): Promise<unknown[]> {
  const all = Number(group.num_rows);
  const meta = chunkOf(source, group, leaf);
  const total = Number(meta.total_compressed_size);
  const values = valuesOf(source, meta);
  for (let size = FIRST_BYTES; ; size *= 4) {
    const isPart = size < total;
    const bytes = await chunkBytes(source, meta, size);
    const part = { rows: isPart ? SAMPLE : all, values, isPart };
    const cells = guarded(source, 'Parquet', () => cellsOf(bytes, meta, leaf, part));
    if (cells.length > 0 || !isPart) return cells;
  }
}

async function combined(
  field: ParquetField,
  rows: number,
  cellsOfLeaf: (leaf: Leaf) => Promise<unknown[]>,
): Promise<unknown[]> {
  if (field.leaf) return cellsOfLeaf(field.leaf);
  const columns: (readonly [string, unknown[]])[] = [];
  for (const inner of field.fields ?? []) {
    columns.push([lastName(inner), await combined(inner, rows, cellsOfLeaf)]);
  }
  return Array.from({ length: rows }, (_, i) => {
    const entries = columns.map(([name, cells]) => [name, cells[i] ?? null] as const);
    return entries.every(([, value]) => value === null) ? null : Object.fromEntries(entries);
  });
}

const lastName = ({ name }: ParquetField): string => name.slice(name.lastIndexOf('.') + 1);

/** The field with bytes of which the file does not say that they are text as the one or the other. */
export async function certain(
  source: ByteSource,
  group: RowGroup,
  field: ParquetField,
): Promise<ParquetField> {
  const { leaf } = field;
  if (leaf?.text !== 'unsaid' || leaf.maxRepetition > 0) return field;
  const bytes = { ...leaf, text: 'no' as const };
  const cells = await firstOfLeaf(source, group, bytes);
  const isText = cells.every((cell) => !(cell instanceof Bytes) || isPlainText(cell.bytes));
  // What follows must be text as well; where it is not, reading stops.
  return isText ? field : { ...field, leaf: bytes };
}

const strict = new TextDecoder('utf-8', { fatal: true });

function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
