import { listing, openSource } from '#files';
import { isTableAddress, withoutPasswords } from './addresses.ts';
import {
  type ByteSource,
  type Opened,
  type Reader,
  type ReadOptions,
  refuse,
  type Source,
  type Sources,
  type TablePlace,
  type VectorFileInfo,
} from './contract.ts';
import { formatOf, recognized } from './formats.ts';
import { readLabels } from './labels.ts';
import { hasColumn, type Metadata, readMetadata } from './metadata.ts';
import { withMetadata } from './metadata-join.ts';
import { isStoreAddress, openStore } from './sharded/open-store.ts';
import { newestManifest, openSharded } from './sharded/sharded-table.ts';
import { joinedFiles } from './shards.ts';
import { filesOf } from './sources.ts';
import { utf8Source } from './support/encoding.ts';
import { explained } from './support/explained.ts';
import { HEAD_BYTES } from './support/head.ts';
import { copied } from './support/joined.ts';
import { tableRows, type VectorTable } from './table.ts';
import { shardsWithVectors } from './tensor-shards.ts';

/**
 * Opens what stands for one table, with the labels and the metadata that were given beside it.
 * `labelMayLack`: without a column of the label's name, the usual choice is made.
 */
export async function openVectors(
  sources: Sources,
  options: ReadOptions = {},
  labelMayLack = false,
): Promise<Opened> {
  const table = tableAddress(sources);
  if (table !== undefined) return openedPlace(table, options);
  const address = await storeAddress(sources);
  if (address !== undefined) return openStored(address, options);
  const { files, metadata: found, remarks } = await filesOf(sources);
  for (const remark of remarks) options.onRemark?.(remark);
  const from = options.metadata ?? found;
  const metadata = from === undefined ? undefined : await readMetadata(from);
  const { label } = options;
  // The label that was asked for may be a column of the metadata.
  const elsewhere = metadata && typeof label === 'string' && hasColumn(metadata, label);
  const holders = await shardsWithVectors(files, options);
  const opened = await openFiles(holders, options, labelMayLack || elsewhere === true);
  return closedOnFailure(opened, () => besides(opened, options, metadata));
}

/** The address of the table in a database that is meant, if one is. */
function tableAddress(sources: Sources): string | undefined {
  const named = Array.isArray(sources) ? sources : [sources];
  const address = named.find((name) => typeof name === 'string' && isTableAddress(name));
  if (typeof address !== 'string' || named.length === 1) return address as string | undefined;
  const name = withoutPasswords(address);
  return refuse({ name }, 'a table of a database is read alone, without other files.');
}

async function openedPlace(address: string, options: ReadOptions): Promise<Opened> {
  const place = placeFor(address, options);
  const { metadata } = options;
  const beside = metadata === undefined ? undefined : await readMetadata(metadata);
  const opened = await place.open(address, options);
  return closedOnFailure(opened, () => besides(opened, options, beside));
}

/** The database that an address is of. */
export function placeFor(
  address: string,
  { places = [] }: Pick<ReadOptions, 'places'>,
): TablePlace {
  const place = places.find((own) => own.recognizes(address));
  if (place) return place;
  const name = withoutPasswords(address);
  return refuse(
    { name },
    'tables of databases are reached by the option places (tammes/databases).',
  );
}

/** The address of the sharded table that is meant, if one is: of a server, or a folder with manifests. */
export async function storeAddress(sources: Sources): Promise<string | undefined> {
  const named = typeof sources === 'string' ? [sources] : Array.isArray(sources) ? sources : [];
  const address = named.find((name) => typeof name === 'string' && isStoreAddress(name));
  if (typeof address === 'string') {
    if (named.length === 1) return address;
    refuse(openStore(address), 'a sharded table is read alone, without other files.');
  }
  const [only, ...more] = named;
  if (typeof only !== 'string' || more.length > 0) return undefined;
  const content = await listing(only);
  const isStore = content?.folders.includes('manifests') && content.folders.includes('shards');
  return isStore ? only : undefined;
}

async function openStored(address: string, options: ReadOptions): Promise<Opened> {
  const store = openStore(address, { s3: options.s3 });
  const found = await newestManifest(store);
  if (!found) refuse(store, 'the store holds no table; tammes shard writes one.');
  const opened = await openSharded(store, found);
  const { metadata } = options;
  return besides(
    opened,
    options,
    metadata === undefined ? undefined : await readMetadata(metadata),
  );
}

async function openFiles(
  files: readonly Source[],
  options: ReadOptions,
  labelMayLack: boolean,
): Promise<Opened> {
  const parts: Opened[] = [];
  try {
    for (const [i, file] of files.entries()) {
      const pinned = i === 0 ? options : await likeTheFirst(parts[0], options);
      parts.push(await openFile(file, pinned, labelMayLack));
    }
    return parts.length === 1 ? parts[0] : await joinedFiles(parts, options);
  } catch (cause) {
    for (const part of parts) await part.close();
    throw cause;
  }
}

/** What the first file took for its vector, the others must have, too. */
async function likeTheFirst({ reader }: Opened, options: ReadOptions): Promise<ReadOptions> {
  if (options.vector !== undefined) return options;
  const { vector } = await reader.info();
  return { ...options, vector };
}

async function openFile(
  file: Source,
  options: ReadOptions,
  labelMayLack: boolean,
): Promise<Opened> {
  const bytes = await openSource(file);
  const { name, size, packed } = bytes;
  return closedOnFailure(bytes, async () => {
    const reader = known(
      await openedBytes(bytes, options).catch((cause: unknown) => {
        if (!labelMayLack) throw cause;
        return openedBytes(bytes, { ...options, label: undefined });
      }),
      packed,
    );
    return { name, size, reader, close: () => bytes.close() };
  });
}

/** A reader that counts its rows once, and says how its file is packed. */
function known(reader: Reader, packed: ByteSource['packed']): Reader {
  let info: Promise<VectorFileInfo> | undefined;
  const answer = async (): Promise<VectorFileInfo> => {
    const found = await reader.info();
    return packed ? { ...found, bytes: packed.bytes, compression: packed.by } : found;
  };
  return {
    info: () => (info ??= answer()),
    blocks: (rowsPerBlock, shared) => reader.blocks(rowsPerBlock, shared),
  };
}

/** The reader of the bytes of one file. */
export async function openedBytes(bytes: ByteSource, options: ReadOptions): Promise<Reader> {
  if (bytes.size === 0) refuse(bytes, 'the file is empty.');
  const other = await otherFormat(bytes, options);
  if (other) return other.open(bytes, options);
  const text = await utf8Source(bytes, options);
  try {
    const reader = await openedText(text, options);
    return {
      info: async () => ({ ...(await reader.info()), bytes: bytes.size }),
      async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
        try {
          yield* reader.blocks(rowsPerBlock, shared);
        } catch (cause) {
          throw await explained(text, cause);
        }
      },
    };
  } catch (cause) {
    throw await explained(text, cause);
  }
}

async function otherFormat(bytes: ByteSource, { format, also = [] }: ReadOptions) {
  if (format || also.length === 0) return undefined;
  const head = await bytes.read(0, Math.min(HEAD_BYTES, bytes.size));
  return also.find((other) => other.recognizes(head));
}

async function openedText(text: ByteSource, options: ReadOptions): Promise<Reader> {
  const format = options.format
    ? formatOf(text.name, options.format)
    : await recognized(text, options);
  return format.open(text, options);
}

/** A table in memory as one that is opened. */
export async function openTable(
  table: VectorTable,
  name: string,
  options: ReadOptions = {},
): Promise<Opened> {
  const { points, labels, columns = {} } = table;
  const { rows, cols } = points;
  const bytes = points.data.byteLength;
  const reader: Reader = {
    info: async () => ({
      format: 'dataset',
      rows,
      cols,
      dtype: 'f4',
      bytes,
      labels: labels !== undefined,
      columns: Object.keys(columns),
    }),
    async *blocks(rowsPerBlock) {
      if (rowsPerBlock >= rows) return yield table;
      for (let a = 0; a < rows; a += rowsPerBlock) {
        yield tableRows(table, a, Math.min(rows, a + rowsPerBlock));
      }
    },
  };
  const opened = { name, size: bytes, reader, close: async () => {} };
  const { metadata } = options;
  return besides(
    opened,
    options,
    metadata === undefined ? undefined : await readMetadata(metadata),
  );
}

/** The same with what was given beside the file. */
async function besides(
  opened: Opened,
  options: ReadOptions,
  metadata: Metadata | undefined,
): Promise<Opened> {
  const { name } = opened;
  let { reader } = opened;
  if (options.labelsFrom !== undefined) {
    reader = await withLabels(name, reader, await readLabels(options.labelsFrom));
  }
  if (metadata) reader = await withMetadata(name, reader, metadata, options);
  return { ...opened, reader };
}

async function withLabels(
  name: string,
  reader: Reader,
  labels: readonly string[],
): Promise<Reader> {
  const info = await reader.info();
  if (labels.length !== info.rows) {
    refuse(
      { name },
      `the file has ${info.rows} rows, but ${labels.length} labels were given for them.`,
    );
  }
  return {
    info: async () => ({ ...info, labels: true }),
    async *blocks(rowsPerBlock, shared) {
      let row = 0;
      for await (const block of reader.blocks(rowsPerBlock, shared)) {
        yield { ...block, labels: labels.slice(row, row + block.points.rows) };
        row += block.points.rows;
      }
    },
  };
}

async function closedOnFailure<T>(
  opened: { close(): Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    await opened.close();
    throw cause;
  }
}

/** All rows as one table, in memory that threads can share. */
export async function wholeOf({ name, reader }: Opened): Promise<VectorTable> {
  const { rows } = await reader.info();
  if (rows === 0) refuse({ name }, 'the file has no rows.');
  const blocks: VectorTable[] = [];
  for await (const block of reader.blocks(rows, true)) blocks.push(block);
  if (blocks.length === 0) refuse({ name }, 'the file has no rows.');
  return blocks.length === 1 ? blocks[0] : copied(blocks, name, true);
}

/** The table's rows, `rowsPerBlock` at a time. */
export async function* blocksOf(
  { name, reader }: Opened,
  rowsPerBlock: number,
): AsyncGenerator<VectorTable> {
  let row = 0;
  for await (const block of reader.blocks(rowsPerBlock, false)) {
    yield block;
    row += block.points.rows;
  }
  if (row === 0) refuse({ name }, 'the file has no rows.');
}

/** Values a block has: about 16 MB of float32. */
const BLOCK_VALUES = 1 << 22;

/** How many rows of so many columns are a block. */
export function rowsOfBlock(cols: number): number {
  return Math.max(1, Math.floor(BLOCK_VALUES / cols));
}
