import { contentHash } from '#files';
import { AbortedError, InputError, OptionError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import type { Opened } from '../contract.ts';
import { packedPieces } from '../packed.ts';
import { packedColumns } from '../packed-columns.ts';
import { BYTES_OF, encoded } from '../support/dtype.ts';
import type { VectorTable } from '../table.ts';
import {
  besideKey,
  encodeManifest,
  type Manifest,
  manifestKey,
  type NamedObject,
  SHARD_DTYPES,
  type Shard,
  type ShardDType,
  shardKey,
} from './manifest.ts';
import { type ObjectStore, readObject } from './object-store.ts';
import { BESIDE_KIND, type FoundManifest, newestManifest } from './sharded-table.ts';

/** How a table is cut. */
export interface ShardOptions extends RunControls {
  /** Default f4. An appended table takes the type that is there. */
  readonly dtype?: ShardDType | undefined;
  /** Bytes of a shard at most, but one row at least. Default 64 MiB, at most 256 MiB. */
  readonly shardBytes?: number | undefined;
  /** Append to the table that is there. Without it a store that holds one is refused. */
  readonly append?: boolean | undefined;
}

const SHARD_BYTES = 64 * 2 ** 20;
const MOST_BYTES = 256 * 2 ** 20;
/** Shards that are hashed and written at once: a disk or a server answers more than one. */
const AT_ONCE = 3;
/** Two that append at once take turns; more than so many is no coincidence. */
const TURNS = 20;

/**
 * Writes the rows of a table as shards, then the manifest that names them: until that is there, nobody sees them, and
 * what a stopped run had written is found again by the next.
 */
export async function writeShards(
  table: Opened,
  store: ObjectStore,
  options: ShardOptions = {},
): Promise<FoundManifest> {
  const before = await newestManifest(store);
  const dtype = requireStart(store, before?.manifest, options);
  const info = await table.reader.info();
  const rowsPerShard = rowsOfShard(info.cols, dtype, options);
  const writing = bounded<Shard>(AT_ONCE);
  let columns: readonly string[] = [];
  let done = 0;
  try {
    for await (const block of table.reader.blocks(rowsPerShard, false)) {
      if (options.signal?.aborted) throw new AbortedError('shard');
      columns = Object.keys(block.columns ?? {});
      requireFitting(table.name, store, before?.manifest, block, info.labels !== false);
      const first = done;
      await writing.add(() => writeShard(store, block, dtype, first));
      done += block.points.rows;
      options.onProgress?.({ stage: 'shard', done: Math.min(1, done / info.rows) });
    }
  } catch (cause) {
    await writing.settled();
    throw cause;
  }
  const shards = await writing.all();
  if (shards.length === 0) throw new InputError(table.name, 'the file has no rows.');
  const own = { dtype, cols: info.cols, labels: info.labels, columns };
  return addManifest(store, before, own, shards);
}

/** The type to write; refuses a store that cannot take the table. */
function requireStart(
  store: ObjectStore,
  before: Manifest | undefined,
  { append, dtype }: ShardOptions,
): ShardDType {
  if (dtype !== undefined && !SHARD_DTYPES.includes(dtype)) {
    throw new OptionError('shard', 'dtype', `one of ${SHARD_DTYPES.join(', ')}`, dtype);
  }
  if (!before) return dtype ?? 'f4';
  if (!append) {
    throw new InputError(
      store.name,
      `the store holds a table of ${before.rows} × ${before.cols} already; --append (append: true) adds to it.`,
    );
  }
  if (dtype !== undefined && dtype !== before.dtype) {
    const wanted = `${before.dtype}, as the table that is there, or left out`;
    throw new OptionError('shard', 'dtype', wanted, dtype);
  }
  return before.dtype;
}

function rowsOfShard(cols: number, dtype: ShardDType, { shardBytes }: ShardOptions): number {
  const bytes = shardBytes ?? SHARD_BYTES;
  if (!(bytes > 0 && bytes <= MOST_BYTES)) {
    throw new OptionError('shard', 'shardBytes', 'above 0, at most 256 MiB', shardBytes);
  }
  return Math.max(1, Math.floor(bytes / (cols * BYTES_OF[dtype])));
}

/** Work that is begun in order, so many at once at most; its results keep their order. */
function bounded<T>(most: number) {
  const begun: Promise<T>[] = [];
  const running = new Set<Promise<void>>();
  let failure: { readonly cause: unknown } | undefined;
  return {
    async add(work: () => Promise<T>): Promise<void> {
      while (running.size >= most) await Promise.race(running);
      if (failure) throw failure.cause;
      const promise = work();
      begun.push(promise);
      const ended: Promise<void> = promise
        .then(
          () => {},
          (cause: unknown) => {
            failure ??= { cause };
          },
        )
        .then(() => void running.delete(ended));
      running.add(ended);
    },
    all: () => Promise.all(begun),
    settled: () => Promise.allSettled(begun),
  };
}

/** Writes one block of rows, and what lies beside them. */
export async function writeShard(
  store: ObjectStore,
  { points, labels, columns }: VectorTable,
  dtype: ShardDType,
  firstRow = 0,
): Promise<Shard> {
  const bytes = encoded(points.data, dtype, store.name, points.cols, firstRow);
  const own = await named([bytes]);
  await createNamed(store, shardKey(own, dtype), own, [bytes]);
  if (!labels && !columns) return { ...own, rows: points.rows };
  const arrays = {
    ...(labels && packedColumns({ labels }, 'own')),
    ...(columns && packedColumns(columns)),
  };
  const pieces = [...packedPieces(BESIDE_KIND, {}, arrays)];
  const beside = await named(pieces);
  await createNamed(store, besideKey(beside), beside, pieces);
  return { ...own, rows: points.rows, beside };
}

/**
 * Creates an object that is named by its bytes. What lies there under that name is the same, unless a store let a torn
 * upload be seen: that is put right.
 */
async function createNamed(
  store: ObjectStore,
  key: string,
  { bytes }: NamedObject,
  pieces: readonly Uint8Array[],
): Promise<void> {
  if (await store.create(key, pieces)) return;
  const there = await store.size(key);
  if (there === bytes) return;
  await store.remove(key);
  await store.create(key, pieces);
}

async function named(pieces: readonly Uint8Array[]): Promise<NamedObject> {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return { sha256: await contentHash(...pieces), bytes };
}

/**
 * Writes the manifest after `before`: its shards and the new ones. Where another was written meanwhile, the shards
 * follow those of that one.
 */
export async function addManifest(
  store: ObjectStore,
  before: FoundManifest | undefined,
  own: Pick<Manifest, 'dtype' | 'cols' | 'labels' | 'columns'>,
  shards: readonly Shard[],
): Promise<FoundManifest> {
  let last = before;
  for (let turn = 0; turn < TURNS; turn++) {
    const all = [...(last?.manifest.shards ?? []), ...shards];
    const rows = all.reduce((sum, shard) => sum + shard.rows, 0);
    const manifest: Manifest = { ...own, rows, parent: last?.sha256, shards: all };
    const bytes = encodeManifest(manifest);
    const number = (last?.number ?? 0) + 1;
    const hash = await contentHash(bytes);
    if (await createAlone(store, manifestKey(number), bytes)) {
      return { number, sha256: hash, manifest };
    }
    const newer = await newestManifest(store);
    if (!before) {
      // The same table, written twice at the same time.
      if (newer?.sha256 === hash) return newer;
      throw new InputError(store.name, 'another table was written into the store meanwhile.');
    }
    last = newer;
  }
  throw new InputError(store.name, 'others append all the time; the rows were not added.');
}

/** Milliseconds after which what another wrote at the same moment is seen. */
const SETTLING = 1000;

/**
 * Creates an object that others may create at the same moment with other bytes. Where the store cannot promise that one
 * of them hears of it, what lies there a moment later decides.
 */
async function createAlone(store: ObjectStore, key: string, bytes: Uint8Array): Promise<boolean> {
  if (!(await store.create(key, [bytes]))) return false;
  if (!store.exclusive || (await store.exclusive())) return true;
  await new Promise((done) => setTimeout(done, SETTLING));
  const there = await readObject(store, key);
  return there !== undefined && (await contentHash(there)) === (await contentHash(bytes));
}

/** Refuses rows to append that are not like those that are there. */
function requireFitting(
  name: string,
  store: ObjectStore,
  before: Manifest | undefined,
  { points, columns = {} }: VectorTable,
  hasLabels: boolean,
): void {
  if (!before) return;
  if (points.cols !== before.cols) {
    throw new InputError(
      name,
      `the vectors have ${points.cols} columns, those of ${store.name} ${before.cols}.`,
    );
  }
  if (hasLabels !== (before.labels !== false)) {
    const [has, lacks] = hasLabels ? [name, store.name] : [store.name, name];
    throw new InputError(name, `${has} has labels and ${lacks} has none.`);
  }
  const names = Object.keys(columns);
  const other = [...names, ...before.columns].find(
    (column) => !names.includes(column) || !before.columns.includes(column),
  );
  if (other !== undefined) {
    throw new InputError(name, `the column ${JSON.stringify(other)} is not in both tables.`);
  }
}
