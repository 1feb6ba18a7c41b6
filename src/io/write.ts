import { createOutput } from '#files';
import { matrix } from '../core/matrix.ts';
import { Run, type RunControls } from '../core/run.ts';
import { databaseOf, isTableAddress, withoutPasswords } from './addresses.ts';
import {
  type ComingRows,
  type DatabaseId,
  type Format,
  isWritable,
  type Opened,
  type Output,
  PACKED,
  refuse,
  type TableOutput,
  type TablePlace,
  type WritableFormat,
} from './contract.ts';
import type { FormatId } from './format-id.ts';
import { formatOf, formatOfName, writableFormats } from './formats.ts';
import { type GivenTable, tableToWrite } from './given-table.ts';
import { blocksOf, placeFor, rowsOfBlock } from './open.ts';
import { isStoreAddress, openStore } from './sharded/open-store.ts';
import type { DType } from './support/dtype.ts';
import { memoryOutput } from './support/memory.ts';
import {
  type Column,
  requireConsistent,
  requireOneValueEach,
  tableRows,
  type VectorTable,
} from './table.ts';

export interface WriteOptions {
  /** Id of the format; left out, the extension decides. */
  readonly format?: FormatId | undefined;
  /** Element type in the file; left out, the format's usual one (f4). */
  readonly dtype?: DType | undefined;
  /** Databases whose addresses are written as files are. */
  readonly places?: readonly TablePlace[] | undefined;
}

/** What was written, and what the format could not hold. */
export interface Written {
  /** The path, or the address of a table without its password. */
  readonly path: string;
  readonly format: FormatId | DatabaseId;
  readonly rows: number;
  readonly cols: number;
  /** Bytes of the file; of the numbers where it is a table of a database. */
  readonly bytes: number;
  /** `labels` or names of columns that the format has no place for. */
  readonly dropped: readonly string[];
  /** What a database settled without being asked. */
  readonly remarks?: readonly string[] | undefined;
}

/**
 * Writes a table or vectors alone; the extension of `path` decides the format. Float64 points are rounded to float32. Nothing shows under `path` before all
 * of it is written, and an old file there stays until then.
 */
export async function write(
  path: string,
  given: GivenTable,
  options: WriteOptions = {},
): Promise<Written> {
  const format = isTableAddress(path) ? undefined : writable(path, options);
  const name = withoutPasswords(path);
  const table = tableToWrite(name, given);
  requireConsistent(name, table);
  if (table.points.rows === 0) refuse({ name }, 'there are no rows to write.');
  if (!format) return writtenTable(path, options, table.points, blocksOfTable(table));
  return committed(await createOutput(path), (output) =>
    written(output, path, format, options, table),
  );
}

/** Rows that go into a table of a database, all or none. */
async function writtenTable(
  address: string,
  { dtype, places }: WriteOptions,
  { rows, cols }: ComingRows,
  blocks: AsyncIterable<VectorTable>,
): Promise<Written> {
  const place = placeFor(address, { places });
  const output: TableOutput = await place.create(address, { rows, cols, dtype });
  try {
    let count = 0;
    for await (const block of blocks) {
      count += block.points.rows;
      await output.append(block);
    }
    if (count !== rows)
      refuse(output, `${rows} rows were announced, but ${count} were there; nothing was written.`);
    const remarks = await output.finish();
    const path = output.name;
    return { path, format: place.id, rows, cols, bytes: 4 * rows * cols, dropped: [], remarks };
  } catch (cause) {
    await output.discard();
    throw cause;
  }
}

async function* blocksOfTable(table: VectorTable): AsyncGenerator<VectorTable> {
  const { rows, cols } = table.points;
  const step = rowsOfBlock(cols);
  for (let a = 0; a < rows; a += step)
    yield rows <= step ? table : tableRows(table, a, Math.min(rows, a + step));
}

/** What is known of n rows besides their vectors. */
export interface RowColumns {
  /** n labels. */
  readonly labels?: readonly string[] | undefined;
  /** By name, at least one; n values each. */
  readonly columns: Readonly<Record<string, Column>>;
}

/**
 * Writes columns without vectors: a column for each name where the format has names; elsewhere the numbers
 * become the vectors, in the order of the columns, and `dropped` says what could not be kept.
 */
export async function writeColumns(
  path: string,
  { labels, columns }: RowColumns,
  options: WriteOptions = {},
): Promise<Written> {
  const format = writable(path, options);
  const table = tableOfColumns(path, format, { labels, columns });
  return committed(await createOutput(path), (output) =>
    written(output, path, format, options, table),
  );
}

/** Columns as a table whose vectors are empty or, where the format has no names, the numbers of the columns. */
function tableOfColumns(
  name: string,
  format: WritableFormat,
  { labels, columns }: RowColumns,
): VectorTable {
  const names = Object.keys(columns);
  const numbers = Object.values(columns).filter((column) => column instanceof Float64Array);
  const rows = labels?.length ?? columns[names[0]]?.length ?? 0;
  if (names.length === 0 || rows === 0) refuse({ name }, 'there are no columns to write.');
  if (!format.keeps.columns && numbers.length === 0) {
    refuse({ name }, `${format.title} holds numbers only, and there are none.`);
  }
  const cols = format.keeps.columns ? 0 : numbers.length;
  const data = Float32Array.from({ length: rows * cols }, (_, at) => {
    return numbers[at % cols][Math.floor(at / cols)];
  });
  const table = { points: matrix(data, rows, cols), labels, columns };
  requireOneValueEach(name, table);
  return table;
}

/** The bytes of a file with columns and no vectors, as `writeColumns` writes it. */
export async function encodeColumns(
  given: RowColumns,
  options: WriteOptions & { readonly format: FormatId },
): Promise<Uint8Array> {
  const name = `bytes.${options.format}`;
  const format = requireWritable(name, formatOf(name, options.format));
  const output = memoryOutput();
  await written(output, name, format, options, tableOfColumns(name, format, given));
  return output.bytes();
}

/** The bytes of a file with this table, for where there are no paths. */
export async function encode(
  given: GivenTable,
  options: WriteOptions & { readonly format: FormatId },
): Promise<Uint8Array> {
  const name = `bytes.${options.format}`;
  const table = tableToWrite(name, given);
  requireConsistent(name, table);
  if (table.points.rows === 0) refuse({ name }, 'there are no rows to write.');
  const output = memoryOutput();
  const format = requireWritable(name, formatOf(name, options.format));
  await written(output, name, format, options, table);
  return output.bytes();
}

/** Writes what is open, block by block where both formats allow. */
export async function convertOpened(
  { name, reader, ...file }: Opened,
  path: string,
  options: WriteOptions & RunControls,
): Promise<Written> {
  const format = isTableAddress(path) ? undefined : writable(path, options);
  const run = new Run(options);
  const { rows, cols } = await reader.info();
  if (rows === 0) refuse({ name }, 'the file has no rows.');
  const told = async function* (): AsyncGenerator<VectorTable> {
    let row = 0;
    for await (const block of blocksOf({ name, reader, ...file }, rowsOfBlock(cols))) {
      yield block;
      row += block.points.rows;
      await run.tick({ stage: 'convert', done: row / Math.max(row, rows) });
    }
  };
  if (!format) return writtenTable(path, options, { rows, cols }, told());
  return committed(await createOutput(path), async (output) => {
    const writer = await format.create(output, path, { dtype: options.dtype, rows });
    const dropped = new Set<string>();
    let row = 0;
    for await (const block of told()) {
      row += block.points.rows;
      for (const name of lost(format, block)) dropped.add(name);
      await writer.append(block);
    }
    if (row !== rows) refuse({ name }, `${rows} rows were announced, but ${row} were there.`);
    await writer.finish();
    return {
      path,
      format: format.id,
      rows: row,
      cols,
      bytes: output.position,
      dropped: [...dropped],
    };
  });
}

/** The format that `write` would use for this path; refuses a name that tells none. */
export function writeFormat(path: string, options: WriteOptions = {}): FormatId | DatabaseId {
  if (isTableAddress(path)) return databaseOf(path);
  return writable(path, options).id;
}

/** The usual extensions of the formats that can be written. */
const extensions = (): string => writableFormats.map(({ extensions: [usual] }) => usual).join(', ');

function writable(path: string, options: WriteOptions): WritableFormat {
  if (PACKED.test(path)) {
    return refuse(
      { name: path },
      'packed files are read, not written; write it plain and pack it then.',
    );
  }
  if (isStoreAddress(path)) {
    return refuse(openStore(path), 'a file is written here; tammes shard writes into a store.');
  }
  const format = options.format ? formatOf(path, options.format) : formatOfName(path);
  if (!format && path === '-') {
    return refuse(
      { name: 'standard output' },
      'a stream has no extension to name the format; say which by --to (format).',
    );
  }
  if (!format) {
    return refuse(
      { name: path },
      `the extension names no format; use one of ${extensions()}, or say which by --to (format).`,
    );
  }
  const writing = requireWritable(path, format);
  const { dtype } = options;
  if (dtype !== undefined && !format.dtypes.includes(dtype)) {
    const known = format.dtypes.join(', ') || 'text only';
    return refuse({ name: path }, `${format.title} is written as ${known}; not as ${dtype}.`);
  }
  return writing;
}

function requireWritable(name: string, format: Format): WritableFormat {
  if (isWritable(format)) return format;
  return refuse({ name }, `${format.title} is read, not written; use one of ${extensions()}.`);
}

/** What of a table the format has no place for. */
function lost(format: Format, table: VectorTable): string[] {
  return [
    ...(table.labels && !format.keeps.labels ? ['labels'] : []),
    ...(format.keeps.columns ? [] : Object.keys(table.columns ?? {})),
  ];
}

async function written(
  output: Output,
  path: string,
  format: WritableFormat,
  { dtype }: WriteOptions,
  table: VectorTable,
): Promise<Written> {
  const { rows, cols } = table.points;
  const writer = await format.create(output, path, { dtype, rows });
  const step = rowsOfBlock(cols);
  for (let a = 0; a < rows; a += step) {
    await writer.append(rows <= step ? table : tableRows(table, a, Math.min(rows, a + step)));
  }
  await writer.finish();
  return {
    path,
    format: format.id,
    rows,
    cols,
    bytes: output.position,
    dropped: lost(format, table),
  };
}

/** Commits what `work` wrote, or leaves nothing behind. */
async function committed<T>(output: Output, work: (output: Output) => Promise<T>): Promise<T> {
  try {
    const result = await work(output);
    await output.commit();
    return result;
  } catch (cause) {
    await output.discard();
    throw cause;
  }
}
