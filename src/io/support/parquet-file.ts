import {
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
} from 'hyparquet';
import type { SchemaTree } from 'hyparquet/src/types.js';
import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { VectorTable } from '../table.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import type { DType } from './dtype.ts';
import { guarded, guardedAsync } from './guarded.ts';
import { isPlausible } from './inflated.ts';
import { cellsOf, type Leaf, numbersInto } from './parquet-values.ts';
import { reblocked } from './reblocked.ts';
import { type Candidate, requireDistinct, type Selection, selected } from './select.ts';

interface ParquetColumn extends Candidate {
  readonly leaf: Leaf;
}

/** How the columns are to be read. */
interface Layout {
  readonly columns: readonly ParquetColumn[];
  readonly selection: Selection;
  readonly cols: number;
  readonly dtype: DType;
}

async function metadataOf(source: ByteSource): Promise<FileMetaData> {
  if (source.size < 12) refuse(source, 'the file is too short for Parquet.');
  const tail = await source.read(source.size - 8, 8);
  if (new TextDecoder().decode(tail.subarray(4)) !== 'PAR1') {
    refuse(source, 'the Parquet file is truncated: its closing mark is missing.');
  }
  const file = {
    byteLength: source.size,
    async slice(start: number, end = source.size): Promise<ArrayBuffer> {
      const bytes = await source.read(start, end - start);
      return bytes.slice().buffer as ArrayBuffer;
    },
  };
  return guardedAsync(source, 'Parquet', () => parquetMetadataAsync(file, { geoparquet: false }));
}

const MILLISECONDS: Readonly<Record<string, number>> = { MILLIS: 1, MICROS: 1e-3, NANOS: 1e-6 };

/** What makes a date of a number, where the column holds dates. */
function dateOf({ converted_type: kind, logical_type: logical }: SchemaElement): Leaf['converted'] {
  let scale: number | undefined;
  if (kind === 'DATE' || logical?.type === 'DATE') scale = 86_400_000;
  else if (logical?.type === 'TIMESTAMP') scale = MILLISECONDS[logical.unit];
  else if (kind?.startsWith('TIMESTAMP_')) scale = MILLISECONDS[kind.slice(10)];
  return scale === undefined ? undefined : (value) => new Date(Number(value) * scale);
}

function dtypeOf(element: SchemaElement): DType | undefined {
  const { type, type_length: length, converted_type: kind, logical_type: logical } = element;
  const unsigned = kind?.startsWith('UINT') || (logical?.type === 'INTEGER' && !logical.isSigned);
  if (logical?.type === 'DECIMAL' || kind === 'DECIMAL') return undefined;
  switch (type) {
    case 'FLOAT':
      return 'f4';
    case 'DOUBLE':
      return 'f8';
    case 'INT32':
      return unsigned ? 'u4' : 'i4';
    case 'INT64':
      return unsigned ? 'u8' : 'i8';
    case 'FIXED_LEN_BYTE_ARRAY':
      return length === 2 && logical?.type === 'FLOAT16' ? 'f2' : undefined;
    default:
      return undefined;
  }
}

/** A top-level column with one leaf: a number, a text, or a list of numbers; else null. */
function columnOf(tree: SchemaTree): ParquetColumn | null {
  let node = tree;
  let maxRepetition = 0;
  let maxDefinition = 0;
  for (;;) {
    const { repetition_type: repetition } = node.element;
    if (repetition === 'REPEATED') maxRepetition++;
    if (repetition !== 'REQUIRED') maxDefinition++;
    if (node.children.length === 0) break;
    if (node.children.length > 1) return null;
    [node] = node.children;
  }
  const { type } = node.element;
  const dtype = dtypeOf(node.element);
  const converted = dateOf(node.element);
  const isText = type === 'BYTE_ARRAY' || type === 'BOOLEAN' || converted !== undefined;
  if (!type || (!dtype && !isText) || maxRepetition > 1) return null;
  const leaf = { path: node.path, type, dtype, converted, maxRepetition, maxDefinition };
  const name = String(tree.element.name ?? '');
  if (maxRepetition === 1) return dtype && !converted ? { name, kind: 'vector', leaf } : null;
  if (node !== tree) return null;
  return { name, kind: isText ? 'text' : 'number', leaf };
}

function chunkOf(source: ByteSource, group: RowGroup, { path }: Leaf): ColumnMetaData {
  const same = (other: readonly string[]): boolean =>
    other.length === path.length && other.every((name, i) => name === path[i]);
  const chunk = group.columns.find(({ meta_data }) => meta_data && same(meta_data.path_in_schema));
  return chunk?.meta_data ?? refuse(source, `the column ${path.join('.')} has no data.`);
}

/** Opens a Parquet file. */
export async function openParquet(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const metadata = await metadataOf(source);
  const trees = guarded(source, 'Parquet', () => parquetSchema(metadata).children);
  const found = trees.map(columnOf);
  const columns = found.filter((column) => column !== null);
  const others = trees
    .filter((_, i) => found[i] === null)
    .map(({ element }) => String(element.name));
  const selection = selected(source, columns, options);
  const nameOf = (i: number): string => columns[i].name;
  requireDistinct(source, [...selection.others, ...selection.vector].map(nameOf));
  const groups = metadata.row_groups.filter(({ num_rows }) => num_rows > 0n);
  const rows = groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  const { leaf } = columns[selection.vector[0]];
  const dtype = leaf.dtype ?? 'f8';
  let cols = selection.vector.length;
  if (selection.isList && groups.length > 0) {
    const { num_values: values } = chunkOf(source, groups[0], leaf);
    cols = Math.ceil(Number(values) / Number(groups[0].num_rows));
    if (!(cols >= 1)) refuse(source, 'the lists of the vector column are empty.');
  }
  const layout = { columns, selection, cols, dtype };
  return {
    info: async () => ({
      format: 'parquet',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
      others,
    }),
    blocks: (rowsPerBlock, shared) =>
      reblocked(parts(source, groups, layout), rowsPerBlock, source.name, shared),
  };
}

async function chunkBytes(source: ByteSource, meta: ColumnMetaData): Promise<Uint8Array> {
  const { dictionary_page_offset: first, data_page_offset: data } = meta;
  const start = Number(first !== undefined && first > 0n && first < data ? first : data);
  return source.read(start, Number(meta.total_compressed_size));
}

/** A table for each row group. */
async function* parts(
  source: ByteSource,
  groups: readonly RowGroup[],
  layout: Layout,
): AsyncGenerator<VectorTable> {
  const { columns, selection, cols, dtype } = layout;
  let row = 0;
  for (const group of groups) {
    const rows = Number(group.num_rows);
    const cells = async (i: number): Promise<unknown[]> => {
      const { leaf } = columns[i];
      const meta = chunkOf(source, group, leaf);
      const bytes = await chunkBytes(source, meta);
      return guarded(source, 'Parquet', () => cellsOf(bytes, meta, leaf, rows));
    };
    const data = await vectors(source, group, layout, row);
    const labels = selection.label < 0 ? undefined : await cells(selection.label);
    const rest: [string, unknown[]][] = [];
    for (const i of selection.others) rest.push([columns[i].name, await cells(i)]);
    yield {
      points: { data, rows, cols },
      labels: labels?.map(textOfValue),
      columns: Object.fromEntries(rest.map(([name, values]) => [name, columnOfValues(values)])),
      source: { name: source.name, format: 'parquet', dtype },
    };
    row += rows;
  }
}

async function vectors(
  source: ByteSource,
  group: RowGroup,
  { columns, selection, cols }: Layout,
  firstRow: number,
): Promise<Float32Array> {
  const rows = Number(group.num_rows);
  const metas = selection.vector.map((i) => chunkOf(source, group, columns[i].leaf));
  const packed = metas.reduce((sum, meta) => sum + Number(meta.total_compressed_size), 0);
  if (packed > source.size || !isPlausible(rows * cols * 4, packed)) {
    refuse(source, `the Parquet file claims ${rows} × ${cols} numbers in ${packed} bytes.`);
  }
  const data = new Float32Array(rows * cols);
  for (const [c, meta] of metas.entries()) {
    const { leaf } = columns[selection.vector[c]];
    const bytes = await chunkBytes(source, meta);
    const [perRow, start, stride] = selection.isList ? [cols, 0, 1] : [1, c, cols];
    guarded(source, 'Parquet', () =>
      numbersInto(bytes, meta, leaf, rows, perRow, data, start, stride, (row) =>
        refuse(
          source,
          `row ${firstRow + row + 1} has no ${perRow === 1 ? 'number' : `list of ${cols} numbers`}.`,
        ),
      ),
    );
  }
  return data;
}
