export type { FormatId } from './format-id.ts';

import { createOutput, openSource } from '#files';
import { matrix } from '../core/matrix.ts';
import { Run, type RunControls } from '../core/run.ts';
import {
  type Format,
  type Output,
  type ReadOptions,
  refuse,
  type Source,
  type VectorFileInfo,
} from './contract.ts';
import type { FormatId } from './format-id.ts';
import { formatOf, formatOfName, formats } from './formats.ts';
import {
  blocksOf,
  labelled,
  labelsOf,
  type Opened,
  openedBytes,
  requireLabels,
  rowsOfBlock,
} from './open.ts';
import type { DType } from './support/dtype.ts';
import { copied } from './support/joined.ts';
import { memoryOutput } from './support/memory.ts';
import {
  type Column,
  requireConsistent,
  requireOneValueEach,
  tableRows,
  type VectorTable,
} from './table.ts';

export type { ReadOptions, Source, VectorFileInfo } from './contract.ts';
export { type Judgement, readJudgements } from './judgements.ts';
export { readLabels, writeLabels } from './labels.ts';
export { type Layer, readLayers } from './layers.ts';
export { readNeighbors, writeNeighbors } from './neighbors.ts';
export { readSample, type SurveyOptions, sampleRows } from './sample.ts';
export type { DType } from './support/dtype.ts';
export { ENCODINGS, type Encoding } from './support/encoding-names.ts';
export * from './table.ts';
export { formats };

export interface WriteOptions {
  /** Id of the format; left out, the extension decides. */
  readonly format?: FormatId | undefined;
  /** Element type in the file; left out, the format's usual one (f4). */
  readonly dtype?: DType | undefined;
}

/** What was written, and what the format could not hold. */
export interface Written {
  readonly path: string;
  readonly format: FormatId;
  readonly rows: number;
  readonly cols: number;
  readonly bytes: number;
  /** `labels` or names of columns that the format has no place for. */
  readonly dropped: readonly string[];
}

async function opened<T>(
  source: Source,
  options: ReadOptions,
  use: (file: Opened) => Promise<T>,
): Promise<T> {
  const bytes = await openSource(source);
  try {
    return await use(await openedBytes(bytes, options));
  } finally {
    await bytes.close();
  }
}

/**
 * Reads a file of vectors whole. The format is recognised by the content; the points lie in memory
 * that threads can share. NaN and infinities come as they are: see `firstBadValue`.
 *
 * @example
 * const { points, labels } = await read('vectors.npy');
 */
export async function read(source: Source, options: ReadOptions = {}): Promise<VectorTable> {
  return opened(source, options, async ({ bytes, reader }) => {
    const { rows } = await reader.info();
    if (rows === 0) refuse(bytes, 'the file has no rows.');
    const blocks: VectorTable[] = [];
    for await (const block of reader.blocks(rows, true)) blocks.push(block);
    if (blocks.length === 0) refuse(bytes, 'the file has no rows.');
    return labelled(
      bytes,
      blocks.length === 1 ? blocks[0] : copied(blocks, bytes.name, true),
      await labelsOf(options),
    );
  });
}

/**
 * Reads a file of vectors in blocks of rows, for files larger than memory. Each block is a table
 * with memory of its own.
 */
export async function* readBlocks(
  source: Source,
  rowsPerBlock: number,
  options: ReadOptions = {},
): AsyncGenerator<VectorTable> {
  const bytes = await openSource(source);
  try {
    if (!Number.isSafeInteger(rowsPerBlock) || rowsPerBlock < 1) {
      refuse(bytes, `a block has at least 1 row; ${rowsPerBlock} were asked for.`);
    }
    yield* blocksOf(await openedBytes(bytes, options), rowsPerBlock, options);
  } finally {
    await bytes.close();
  }
}

/** What a file says about itself; binary formats answer without reading the vectors. */
export async function info(source: Source, options: ReadOptions = {}): Promise<VectorFileInfo> {
  return opened(source, options, ({ reader }) => reader.info());
}

/**
 * Writes a table; the extension of `path` decides the format. Nothing shows under `path` before all
 * of it is written, and an old file there stays until then.
 */
export async function write(
  path: string,
  table: VectorTable,
  options: WriteOptions = {},
): Promise<Written> {
  const format = writable(path, options);
  requireConsistent(path, table);
  if (table.points.rows === 0) refuse({ name: path }, 'there are no rows to write.');
  return committed(await createOutput(path), (output) =>
    written(output, path, format, options, table),
  );
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
  const names = Object.keys(columns);
  const numbers = Object.values(columns).filter((column) => column instanceof Float64Array);
  const rows = labels?.length ?? columns[names[0]]?.length ?? 0;
  if (names.length === 0 || rows === 0) refuse({ name: path }, 'there are no columns to write.');
  if (!format.keeps.columns && numbers.length === 0) {
    refuse({ name: path }, `${format.title} holds numbers only, and there are none.`);
  }
  const cols = format.keeps.columns ? 0 : numbers.length;
  const data = Float32Array.from({ length: rows * cols }, (_, at) => {
    return numbers[at % cols][Math.floor(at / cols)];
  });
  const table = { points: matrix(data, rows, cols), labels, columns };
  requireOneValueEach(path, table);
  return committed(await createOutput(path), (output) =>
    written(output, path, format, options, table),
  );
}

/** The bytes of a file with this table, for where there are no paths. */
export async function encode(
  table: VectorTable,
  options: WriteOptions & { readonly format: FormatId },
): Promise<Uint8Array> {
  const name = `bytes.${options.format}`;
  requireConsistent(name, table);
  if (table.points.rows === 0) refuse({ name }, 'there are no rows to write.');
  const output = memoryOutput();
  await written(output, name, formatOf(name, options.format), options, table);
  return output.bytes();
}

/** How to write the one file, and in `read` how to read the other. */
export interface ConvertOptions extends WriteOptions, RunControls {
  readonly read?: ReadOptions | undefined;
}

/** Writes the vectors of one file as another, block by block where both formats allow. */
export async function convert(
  from: Source,
  path: string,
  options: ConvertOptions = {},
): Promise<Written> {
  const format = writable(path, options);
  const run = new Run(options);
  return opened(from, options.read ?? {}, async ({ bytes, reader }) => {
    const { rows, cols } = await reader.info();
    if (rows === 0) refuse(bytes, 'the file has no rows.');
    const labels = await labelsOf(options.read ?? {});
    if (labels) requireLabels(bytes, labels, rows);
    return committed(await createOutput(path), async (output) => {
      const writer = await format.create(output, path, { dtype: options.dtype, rows });
      const dropped = new Set<string>();
      let row = 0;
      for await (const read of reader.blocks(rowsOfBlock(cols), false)) {
        const block = labelled(bytes, read, labels?.slice(row, row + read.points.rows));
        row += block.points.rows;
        for (const name of lost(format, block)) dropped.add(name);
        await writer.append(block);
        await run.tick({ stage: 'convert', done: row / Math.max(row, rows) });
      }
      if (row !== rows) refuse(bytes, `${rows} rows were announced, but ${row} were there.`);
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
  });
}

/** The format that `write` would use for this path; refuses a name that tells none. */
export function writeFormat(path: string, options: WriteOptions = {}): FormatId {
  return writable(path, options).id;
}

function writable(path: string, options: WriteOptions): Format {
  const format = options.format ? formatOf(path, options.format) : formatOfName(path);
  if (!format) {
    const known = formats.map(({ extensions }) => extensions[0]).join(', ');
    return refuse({ name: path }, `the extension names no format; use one of ${known}.`);
  }
  const { dtype } = options;
  if (dtype !== undefined && !format.dtypes.includes(dtype)) {
    const known = format.dtypes.join(', ') || 'text only';
    return refuse({ name: path }, `${format.title} is written as ${known}; not as ${dtype}.`);
  }
  return format;
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
  format: Format,
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
