export type { FormatId } from './format-id.ts';

import type { RunControls } from '../core/run.ts';
import {
  type Opened,
  type ReadOptions,
  refuse,
  type Sources,
  type VectorFileInfo,
} from './contract.ts';
import { formats, writableFormats } from './formats.ts';
import { blocksOf, openVectors, wholeOf } from './open.ts';
import type { VectorTable } from './table.ts';
import { convertOpened, type WriteOptions, type Written, writeFormat } from './write.ts';

export {
  isRetrievalTask,
  type NamedTexts,
  type RetrievalTask,
  type RetrievalTaskOptions,
  readRetrievalTask,
  retrievalTaskFiles,
} from './beir.ts';
export { type ByteStore, fileStore, memoryStore } from './byte-store.ts';
export type { ReadOptions, Source, Sources, VectorFileInfo } from './contract.ts';
export { type IdxArray, readIdx } from './idx.ts';
export { type Judgement, type NamedRows, readJudgements } from './judgements.ts';
export { readLabels, writeLabels } from './labels.ts';
export { type Layer, readLayers } from './layers.ts';
export { readNeighbors, writeNeighbors } from './neighbors.ts';
export type { S3Credentials, S3Settings } from './s3.ts';
export { readSample, type SurveyOptions, sampleRows } from './sample.ts';
export { type ShardingOptions, shard } from './shard.ts';
export type { FoundManifest, Manifest } from './sharded/index.ts';
export type { DType } from './support/dtype.ts';
export { ENCODINGS, type Encoding } from './support/encoding-names.ts';
export * from './table.ts';
export { decodeTensors, encodeTensors, type NamedTensor, type TensorFile } from './tensors.ts';
export {
  type Pairs,
  readColumns,
  readPairs,
  readTexts,
  type Texts,
  type TextsOptions,
} from './texts.ts';
export {
  encode,
  encodeColumns,
  type RowColumns,
  type WriteOptions,
  type Written,
  write,
  writeColumns,
  writeFormat,
} from './write.ts';
export { formats, writableFormats };

async function opened<T>(
  sources: Sources,
  options: ReadOptions,
  use: (file: Opened) => Promise<T>,
): Promise<T> {
  const file = await openVectors(sources, options);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/**
 * Reads a table of vectors whole: a file, or the files of a folder, a pattern or a list one after another. The format
 * is recognised by the content; the points lie in memory that threads can share. NaN and infinities come as they are:
 * see `firstBadValue`.
 *
 * @example
 * const { points, labels } = await read('vectors.npy');
 * const whole = await read('part-*.parquet', { metadata: 'metadata.csv' });
 */
export async function read(sources: Sources, options: ReadOptions = {}): Promise<VectorTable> {
  return opened(sources, options, wholeOf);
}

/**
 * Reads a table of vectors in blocks of rows, for files larger than memory. Each block is a table
 * with memory of its own.
 */
export async function* readBlocks(
  sources: Sources,
  rowsPerBlock: number,
  options: ReadOptions = {},
): AsyncGenerator<VectorTable> {
  const file = await openVectors(sources, options);
  try {
    if (!Number.isSafeInteger(rowsPerBlock) || rowsPerBlock < 1) {
      refuse(file, `a block has at least 1 row; ${rowsPerBlock} were asked for.`);
    }
    yield* blocksOf(file, rowsPerBlock);
  } finally {
    await file.close();
  }
}

/** What a table of vectors says about itself; binary formats answer without reading the vectors. */
export async function info(sources: Sources, options: ReadOptions = {}): Promise<VectorFileInfo> {
  return opened(sources, options, ({ reader }) => reader.info());
}

/** How to write the one file, and in `read` how to read the other. */
export interface ConvertOptions extends WriteOptions, RunControls {
  readonly read?: ReadOptions | undefined;
}

/** Writes the vectors of one file, or of several, as another, block by block where both formats allow. */
export async function convert(
  from: Sources,
  path: string,
  options: ConvertOptions = {},
): Promise<Written> {
  writeFormat(path, options);
  return opened(from, options.read ?? {}, (file) => convertOpened(file, path, options));
}
