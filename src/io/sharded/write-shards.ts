import { InputError } from '../../core/errors.ts';
import { sha256 } from '../../core/sha256.ts';
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
  type Shard,
  type ShardDType,
  shardKey,
} from './manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { BESIDE_KIND, type FoundManifest, newestManifest } from './sharded-table.ts';

/** How a table is cut. */
export interface ShardOptions {
  /** Default f4. An appended table takes the type that is there. */
  readonly dtype?: ShardDType | undefined;
  /** Bytes of a shard at most, but one row at least. Default 64 MiB. */
  readonly shardBytes?: number | undefined;
  /** Append to the table that is there. Without it a store that holds one is refused. */
  readonly append?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

const SHARD_BYTES = 64 * 2 ** 20;
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
  if (before && !options.append) {
    throw new InputError(
      store.name,
      `the store holds a table of ${before.manifest.rows} × ${before.manifest.cols} already; --append (append: true) adds to it.`,
    );
  }
  const info = await table.reader.info();
  const dtype = before?.manifest.dtype ?? options.dtype ?? 'f4';
  const rowBytes = info.cols * BYTES_OF[dtype];
  const rowsPerShard = Math.max(1, Math.floor((options.shardBytes ?? SHARD_BYTES) / rowBytes));
  const shards: Shard[] = [];
  let columns: readonly string[] = [];
  let done = 0;
  for await (const block of table.reader.blocks(rowsPerShard, false)) {
    options.signal?.throwIfAborted();
    columns = Object.keys(block.columns ?? {});
    requireFitting(table.name, store, before?.manifest, block, info.labels !== false);
    shards.push(await writeShard(store, block, dtype, done));
    done += block.points.rows;
    options.onProgress?.(Math.min(1, done / info.rows));
  }
  if (shards.length === 0) throw new InputError(table.name, 'the file has no rows.');
  const own = { dtype, cols: info.cols, labels: info.labels, columns };
  return addManifest(store, before, own, shards);
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
  await store.create(shardKey(own, dtype), [bytes]);
  if (!labels && !columns) return { ...own, rows: points.rows };
  const arrays = {
    ...(labels && packedColumns({ labels }, 'own')),
    ...(columns && packedColumns(columns)),
  };
  const pieces = [...packedPieces(BESIDE_KIND, {}, arrays)];
  const beside = await named(pieces);
  await store.create(besideKey(beside), pieces);
  return { ...own, rows: points.rows, beside };
}

async function named(pieces: readonly Uint8Array[]): Promise<NamedObject> {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return { sha256: await sha256(...pieces), bytes };
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
    if (await store.create(manifestKey(number), [bytes])) {
      return { number, sha256: await sha256(bytes), manifest };
    }
    const newer = await newestManifest(store);
    if (!before) {
      throw new InputError(store.name, 'another table was written into the store meanwhile.');
    }
    last = newer;
  }
  throw new InputError(store.name, 'others append all the time; the rows were not added.');
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
