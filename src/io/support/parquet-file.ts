import { type FileMetaData, parquetMetadataAsync, parquetSchema, type RowGroup } from 'hyparquet';
import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { VectorTable } from '../table.ts';
import { type Candidate, consideredColumns } from './candidates.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import type { DType } from './dtype.ts';
import { hexText } from './exact-text.ts';
import { guarded, guardedAsync } from './guarded.ts';
import { isPlausible } from './inflated.ts';
import { certain, chunkBytes, chunkOf, fieldCells, firstCells, leavesOf } from './parquet-cells.ts';
import {
  type ParquetField,
  parquetCandidate,
  parquetFields,
  wantsCells,
} from './parquet-columns.ts';
import { numbersInto } from './parquet-values.ts';
import { reblocked } from './reblocked.ts';
import { requireDistinct, type Selection, selected } from './select.ts';
import { Bytes, usualLengthOf, vectorInto, vectorOf } from './vector-cells.ts';

/** How the columns are to be read. */
interface Layout {
  readonly fields: readonly ParquetField[];
  readonly selection: Selection;
  readonly cols: number;
  readonly dtype: DType;
  readonly base64: ReadOptions['base64'];
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

/** Opens a Parquet file. */
export async function openParquet(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const metadata = await metadataOf(source);
  const trees = guarded(source, 'Parquet', () => parquetSchema(metadata).children);
  const groups = metadata.row_groups.filter(({ num_rows }) => num_rows > 0n);
  const found = guarded(source, 'Parquet', () => parquetFields(trees));
  const judged: { field: ParquetField; candidate: Candidate }[] = [];
  for (const seen of found) {
    const field = groups.length > 0 ? await certain(source, groups[0], seen) : seen;
    const isWanted = groups.length > 0 && wantsCells(field, options);
    const cells = isWanted ? await firstCells(source, groups[0], field) : [];
    judged.push({ field, candidate: parquetCandidate(field, cells, options) });
  }
  const considered = consideredColumns(judged, options);
  const fields = considered.map(({ field }) => field);
  const candidates = considered.map(({ candidate }) => candidate);
  const selection = selected(source, candidates, options);
  const nameOf = (i: number): string => fields[i].name;
  requireDistinct(source, [...selection.others, ...selection.vector].map(nameOf));
  const rows = groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  const { leaf } = fields[selection.vector[0]];
  const dtype = leaf?.dtype ?? (leaf && !leaf.isNumeric ? 'f4' : 'f8');
  const cols = selection.isList
    ? await listLength(source, groups, fields[selection.vector[0]], options)
    : selection.vector.length;
  const layout = { fields, selection, cols, dtype, base64: options.base64 };
  const taken = new Set(
    [...selection.vector, selection.label, ...selection.others].map((i) => fields[i]?.name),
  );
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
      others: found
        .filter(({ isNested, name }) => !isNested && !taken.has(name))
        .map(({ name }) => name),
    }),
    blocks: (rowsPerBlock, shared) =>
      reblocked(parts(source, groups, layout), rowsPerBlock, source.name, shared),
  };
}

/** Numbers in a vector: what most of the first rows have. */
async function listLength(
  source: ByteSource,
  groups: readonly RowGroup[],
  field: ParquetField,
  { base64 }: ReadOptions,
): Promise<number> {
  for (const group of groups) {
    const decoded = (await firstCells(source, group, field)).map((cell) => vectorOf(cell, base64));
    const length = usualLengthOf(decoded);
    if (length > 0) return length;
    const fault = decoded.find((cell) => typeof cell === 'string');
    if (fault !== undefined) refuse(source, `the column ${JSON.stringify(field.name)} ${fault}.`);
  }
  if (groups.length === 0) return 1;
  return refuse(source, `the column ${JSON.stringify(field.name)} is empty: no row has a vector.`);
}

/** A table for each row group. */
async function* parts(
  source: ByteSource,
  groups: readonly RowGroup[],
  layout: Layout,
): AsyncGenerator<VectorTable> {
  const { fields, selection, cols, dtype } = layout;
  let row = 0;
  for (const group of groups) {
    const rows = Number(group.num_rows);
    const texts = async (i: number): Promise<unknown[]> =>
      (await fieldCells(source, group, fields[i])).map(textOfBytes);
    const data = await vectors(source, group, layout, row);
    const labels = selection.label < 0 ? undefined : await texts(selection.label);
    const rest: [string, unknown[]][] = [];
    for (const i of selection.others) rest.push([fields[i].name, await texts(i)]);
    yield {
      points: { data, rows, cols },
      labels: labels?.map(textOfValue),
      columns: Object.fromEntries(rest.map(([name, values]) => [name, columnOfValues(values)])),
      source: { name: source.name, format: 'parquet', dtype },
    };
    row += rows;
  }
}

const textOfBytes = (cell: unknown): unknown =>
  cell instanceof Bytes ? hexText(cell.bytes) : cell;

/** Whether the numbers of a column lie in pages as they are, to be taken without a look at each cell. */
const isPlain = ({ leaf }: ParquetField): boolean =>
  leaf?.dtype !== undefined && !leaf.converted && leaf.maxRepetition < 2;

async function vectors(
  source: ByteSource,
  group: RowGroup,
  { fields, selection, cols, base64 }: Layout,
  firstRow: number,
): Promise<Float32Array> {
  const rows = Number(group.num_rows);
  const chosen = selection.vector.map((i) => fields[i]);
  const packed = chosen.flatMap(leavesOf).reduce((sum, leaf) => {
    return sum + Number(chunkOf(source, group, leaf).total_compressed_size);
  }, 0);
  if (packed > source.size || !isPlausible(rows * cols * 4, packed)) {
    refuse(source, `the Parquet file claims ${rows} × ${cols} numbers in ${packed} bytes.`);
  }
  const data = new Float32Array(rows * cols);
  for (const [c, field] of chosen.entries()) {
    const { leaf } = field;
    const [perRow, start, stride] = selection.isList ? [cols, 0, 1] : [1, c, cols];
    const slowly = async (): Promise<void> => {
      const cells = await fieldCells(source, group, field);
      for (const [i, cell] of cells.entries()) {
        const fault = selection.isList
          ? vectorInto(cell, cols, data, i * cols, base64)
          : numberInto(cell, data, start + i * stride);
        if (fault) refuse(source, `row ${firstRow + i + 1} ${fault}.`);
      }
    };
    if (!leaf || !isPlain(field)) {
      await slowly();
      continue;
    }
    const meta = chunkOf(source, group, leaf);
    const bytes = await chunkBytes(source, meta);
    const isRegular = guarded(source, 'Parquet', () =>
      numbersInto(bytes, meta, leaf, rows, perRow, data, start, stride),
    );
    // Rows of NaN may be lists of missing numbers, which only the cells tell.
    if (isRegular && !(selection.isList && hasRowOfNaN(data, cols))) continue;
    await slowly();
    if (isRegular) continue;
    refuse(source, `the column ${JSON.stringify(field.name)} has not ${rows} rows.`);
  }
  return data;
}

function hasRowOfNaN(data: Float32Array, cols: number): boolean {
  for (let at = 0; at < data.length; at += cols) {
    if (Number.isNaN(data[at]) && data.subarray(at, at + cols).every(Number.isNaN)) return true;
  }
  return false;
}

function numberInto(cell: unknown, out: Float32Array, at: number): string | undefined {
  const value = cell === null ? Number.NaN : Number(cell);
  out[at] = value;
  return undefined;
}
