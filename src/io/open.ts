import { type ByteSource, type Format, type Reader, type ReadOptions, refuse } from './contract.ts';
import { formatOf, recognized } from './formats.ts';
import { readLabels } from './labels.ts';
import { utf8Source } from './support/encoding.ts';
import type { VectorTable } from './table.ts';

/** A file whose format is known. */
export interface Opened {
  readonly bytes: ByteSource;
  readonly format: Format;
  readonly reader: Reader;
}

export async function openedBytes(bytes: ByteSource, options: ReadOptions): Promise<Opened> {
  if (bytes.size === 0) refuse(bytes, 'the file is empty.');
  const text = await utf8Source(bytes, options);
  const format = options.format
    ? formatOf(bytes.name, options.format)
    : await recognized(text, options);
  const reader = await format.open(text, options);
  const info = async () => ({ ...(await reader.info()), bytes: bytes.size });
  return { bytes, format, reader: text === bytes ? reader : { ...reader, info } };
}

/** The file's rows, `rowsPerBlock` at a time, with the labels that were given beside it. */
export async function* blocksOf(
  { bytes, reader }: Opened,
  rowsPerBlock: number,
  options: ReadOptions,
): AsyncGenerator<VectorTable> {
  const labels = await labelsOf(options);
  let row = 0;
  for await (const block of reader.blocks(rowsPerBlock, false)) {
    yield labelled(bytes, block, labels?.slice(row, row + block.points.rows));
    row += block.points.rows;
  }
  if (row === 0) refuse(bytes, 'the file has no rows.');
  if (labels) requireLabels(bytes, labels, row);
}

export async function labelsOf({ labelsFrom }: ReadOptions): Promise<string[] | undefined> {
  return labelsFrom === undefined ? undefined : readLabels(labelsFrom);
}

export function requireLabels(bytes: ByteSource, labels: readonly string[], rows: number): void {
  if (labels.length === rows) return;
  refuse(bytes, `the file has ${rows} rows, but ${labels.length} labels were given for them.`);
}

export function labelled(
  bytes: ByteSource,
  block: VectorTable,
  labels: readonly string[] | undefined,
): VectorTable {
  if (!labels) return block;
  requireLabels(bytes, labels, block.points.rows);
  return { ...block, labels };
}

/** Values a block has: about 16 MB of float32. */
const BLOCK_VALUES = 1 << 22;

/** How many rows of so many columns are a block. */
export function rowsOfBlock(cols: number): number {
  return Math.max(1, Math.floor(BLOCK_VALUES / cols));
}
