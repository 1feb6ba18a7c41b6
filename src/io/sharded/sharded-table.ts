import { contentHash, contentHasher } from '#files';
import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Opened, Reader, VectorFileInfo } from '../contract.ts';
import { packedOf } from '../packed.ts';
import { columnNames, packedColumn } from '../packed-columns.ts';
import { BYTES_OF, bytesOf, decodeInto } from '../support/dtype.ts';
import { besidePoints } from '../support/joined.ts';
import { bytesSource, floats } from '../support/memory.ts';
import { reblocked } from '../support/reblocked.ts';
import type { Column, VectorTable } from '../table.ts';
import {
  besideKey,
  decodeManifest,
  type Manifest,
  manifestKey,
  manifestNumber,
  type NamedObject,
  type Shard,
  type ShardDType,
  shardKey,
} from './manifest.ts';
import { type ObjectStore, readObject } from './object-store.ts';

/** The newest manifest of a store, its number and the SHA-256 of its bytes. */
export interface FoundManifest {
  readonly number: number;
  readonly sha256: string;
  readonly manifest: Manifest;
}

/** An object is not what its manifest names. */
export class DamagedError extends InputError {}

/** What lies beside the rows of a shard, as a packed file. */
export const BESIDE_KIND = {
  format: 'tammes-shard-columns',
  version: 1,
  title: 'file of columns',
} as const;

/** The newest manifest; undefined where the store holds no table. */
export async function newestManifest(store: ObjectStore): Promise<FoundManifest | undefined> {
  const keys = await store.list('manifests/');
  const numbers = keys.flatMap((key) => manifestNumber(key) ?? []);
  return numbers.length === 0 ? undefined : manifestOf(store, Math.max(...numbers));
}

/** The n-th manifest. */
export async function manifestOf(store: ObjectStore, number: number): Promise<FoundManifest> {
  const key = manifestKey(number);
  const name = `${store.name}/${key}`;
  const bytes = await readObject(store, key);
  if (!bytes) throw new InputError(name, 'there is no such manifest.');
  return { number, sha256: await contentHash(bytes), manifest: decodeManifest(bytes, name) };
}

/**
 * The rows of a shard, whole; refuses bytes that are not those the manifest names.
 *
 * @param into where the values go; left out, memory of their own
 */
export async function readShard(
  store: ObjectStore,
  shard: Shard,
  cols: number,
  dtype: ShardDType,
  into?: Float32Array,
): Promise<Matrix<Float32Array>> {
  const values = shard.rows * cols;
  if (shard.bytes !== values * BYTES_OF[dtype]) {
    throw new InputError(
      `${store.name}/${shardKey(shard, dtype)}`,
      `the shard has ${shard.bytes} bytes; ${shard.rows} × ${cols} of ${dtype} are ${values * BYTES_OF[dtype]}.`,
    );
  }
  const data = into ?? new Float32Array(values);
  const bytes = dtype === 'f4' ? bytesOf(data) : new Uint8Array(shard.bytes);
  await readNamed(store, shardKey(shard, dtype), shard, bytes);
  if (dtype !== 'f4') decodeInto(bytes, dtype, false, data);
  return { data, rows: shard.rows, cols };
}

/** Reads an object whose bytes must be those its name promises. */
async function readNamed(
  store: ObjectStore,
  key: string,
  { sha256 }: NamedObject,
  into: Uint8Array,
): Promise<void> {
  const name = `${store.name}/${key}`;
  let found = '';
  try {
    found = await readHashed(store, key, into);
  } catch (cause) {
    const size = await store.size(key);
    if (size === into.length) throw cause;
    const sentence =
      size === undefined
        ? 'the object is missing; the manifest names it.'
        : `the object has ${size} bytes, and the manifest names ${into.length}: it was damaged or replaced.`;
    throw new DamagedError(name, sentence, { cause });
  }
  if (found === sha256) return;
  throw new DamagedError(
    name,
    'the bytes are not those that the manifest names (their SHA-256 differs): the object was damaged or replaced.',
  );
}

/** Bytes that are read, and then hashed, at a time. */
const PIECE = 1 << 24;
/** Pieces that are read while one is hashed. */
const AHEAD = 3;

/** Fills `into`, and hashes each piece while the next are read. */
async function readHashed(store: ObjectStore, key: string, into: Uint8Array): Promise<string> {
  const hasher = contentHasher();
  const reading: Promise<Uint8Array>[] = [];
  for (let from = 0; from < into.length || reading.length > 0; ) {
    while (from < into.length && reading.length < AHEAD) {
      const piece = into.subarray(from, from + PIECE);
      const read = store.readInto(key, from, piece).then(() => piece);
      // The first that fails is told; the others are not waited for.
      read.catch(() => {});
      reading.push(read);
      from += PIECE;
    }
    const piece = await reading.shift();
    if (piece) hasher.update(piece);
  }
  return hasher.digest();
}

/** Labels and columns of a shard's rows. */
export async function readBeside(
  store: ObjectStore,
  { beside }: Shard,
): Promise<Pick<VectorTable, 'labels' | 'columns'>> {
  if (!beside) return {};
  const key = besideKey(beside);
  const bytes = new Uint8Array(beside.bytes);
  await readNamed(store, key, beside, bytes);
  const packed = await packedOf(bytesSource(bytes, `${store.name}/${key}`), BESIDE_KIND);
  const labels = (await packedColumn(packed, 'labels', 'own')) as readonly string[] | undefined;
  const columns: Record<string, Column> = {};
  for (const name of columnNames(packed)) {
    const column = await packedColumn(packed, name);
    if (column) columns[name] = column;
  }
  return { labels, ...(Object.keys(columns).length > 0 && { columns }) };
}

/** Rows a to b (b excluded) of a shard, read alone: as many bytes as asked for, and so not held to its SHA-256. */
export async function readShardRows(
  store: ObjectStore,
  shard: Shard,
  { cols, dtype }: Pick<Manifest, 'cols' | 'dtype'>,
  a: number,
  b: number,
): Promise<Matrix<Float32Array>> {
  const size = BYTES_OF[dtype];
  const bytes = new Uint8Array((b - a) * cols * size);
  await store.readInto(shardKey(shard, dtype), a * cols * size, bytes);
  const data = new Float32Array((b - a) * cols);
  decodeInto(bytes, dtype, false, data);
  return { data, rows: b - a, cols };
}

/** A sharded table as one that `read` and every command takes. */
export async function openSharded(store: ObjectStore, found: FoundManifest): Promise<Opened> {
  const { manifest, number } = found;
  const { rows, cols, dtype, shards } = manifest;
  const info: VectorFileInfo = {
    format: 'shards',
    rows,
    cols,
    dtype,
    bytes: shards.reduce((sum, shard) => sum + shard.bytes + (shard.beside?.bytes ?? 0), 0),
    labels: manifest.labels,
    columns: manifest.columns,
    manifest: number,
    files: shards.map((shard) => shardKey(shard, dtype)),
  };
  const source = { name: store.name, format: 'shards', dtype } as const;
  const { name } = store;
  async function part(shard: Shard, into?: Float32Array): Promise<VectorTable> {
    const [points, beside] = await Promise.all([
      readShard(store, shard, cols, dtype, into),
      readBeside(store, shard),
    ]);
    return { points, ...beside, source };
  }
  /** The next shard is read while this one is used. `target`: room for the values of all. */
  async function* parts(target?: Float32Array): AsyncGenerator<VectorTable> {
    let begun = 0;
    const begin = (shard: Shard): Promise<VectorTable> => {
      const end = begun + shard.rows * cols;
      const own = part(shard, target?.subarray(begun, end));
      begun = end;
      // Told when it is waited for; a reader that stops before never hears of it.
      own.catch(() => {});
      return own;
    };
    let next = begin(shards[0]);
    for (let i = 1; i < shards.length; i++) {
      const ready = await next;
      next = begin(shards[i]);
      yield ready;
    }
    yield await next;
  }
  const reader: Reader = {
    info: async () => info,
    blocks: (rowsPerBlock, shared) =>
      rowsPerBlock >= rows
        ? whole(parts, name, info, shared)
        : reblocked(parts(), rowsPerBlock, name, shared, true),
  };
  return { name, size: info.bytes, reader, close: async () => {} };
}

/** All rows as one block: the values are read where they stay. */
async function* whole(
  parts: (target: Float32Array) => AsyncIterable<VectorTable>,
  name: string,
  { rows, cols }: VectorFileInfo,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const data = floats(rows * cols, name, shared);
  const all: VectorTable[] = [];
  for await (const part of parts(data)) all.push(part);
  yield { points: { data, rows, cols }, ...besidePoints(all) };
}
