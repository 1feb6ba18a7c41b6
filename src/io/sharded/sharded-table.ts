import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { sha256 } from '../../core/sha256.ts';
import type { Opened, Reader, VectorFileInfo } from '../contract.ts';
import { packedOf } from '../packed.ts';
import { columnNames, packedColumn } from '../packed-columns.ts';
import { BYTES_OF, decodeInto } from '../support/dtype.ts';
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
  return { number, sha256: await sha256(bytes), manifest: decodeManifest(bytes, name) };
}

/** The rows of a shard, whole; refuses bytes that are not those the manifest names. */
export async function readShard(
  store: ObjectStore,
  shard: Shard,
  cols: number,
  dtype: ShardDType,
): Promise<Matrix<Float32Array>> {
  const bytes = await namedBytes(store, shardKey(shard, dtype), shard);
  const values = shard.rows * cols;
  if (bytes.length !== values * BYTES_OF[dtype]) {
    throw new InputError(
      `${store.name}/${shardKey(shard, dtype)}`,
      `the shard has ${bytes.length} bytes; ${shard.rows} × ${cols} of ${dtype} are ${values * BYTES_OF[dtype]}.`,
    );
  }
  if (dtype === 'f4') return { data: new Float32Array(bytes.buffer), rows: shard.rows, cols };
  const data = new Float32Array(values);
  decodeInto(bytes, dtype, false, data);
  return { data, rows: shard.rows, cols };
}

/** An object whose bytes are those its name promises. */
async function namedBytes(store: ObjectStore, key: string, { sha256: expected }: NamedObject) {
  const name = `${store.name}/${key}`;
  const bytes = await readObject(store, key);
  if (!bytes) throw new InputError(name, 'the object is missing; the manifest names it.');
  if ((await sha256(bytes)) === expected) return bytes;
  throw new InputError(
    name,
    'the bytes are not those that the manifest names (their SHA-256 differs): the object was damaged or replaced.',
  );
}

/** Labels and columns of a shard's rows. */
export async function readBeside(
  store: ObjectStore,
  { beside }: Shard,
): Promise<Pick<VectorTable, 'labels' | 'columns'>> {
  if (!beside) return {};
  const key = besideKey(beside);
  const bytes = await namedBytes(store, key, beside);
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
  async function part(shard: Shard): Promise<VectorTable> {
    const [points, beside] = await Promise.all([
      readShard(store, shard, cols, dtype),
      readBeside(store, shard),
    ]);
    return { points, ...beside, source };
  }
  /** The next shard is read while this one is used. */
  async function* parts(): AsyncGenerator<VectorTable> {
    let next: Promise<VectorTable> | undefined = part(shards[0]);
    for (let i = 1; next; i++) {
      const ready: VectorTable = await next;
      next = i < shards.length ? part(shards[i]) : undefined;
      // Told when it is waited for; a reader that stops before never hears of it.
      next?.catch(() => {});
      yield ready;
    }
  }
  const reader: Reader = {
    info: async () => info,
    blocks: (rowsPerBlock, shared) =>
      rowsPerBlock >= rows
        ? whole(parts(), name, info, shared)
        : reblocked(parts(), rowsPerBlock, name, shared),
  };
  return { name, size: info.bytes, reader, close: async () => {} };
}

/** All rows as one block: each shard is copied once, and then let go. */
async function* whole(
  parts: AsyncIterable<VectorTable>,
  name: string,
  { rows, cols }: VectorFileInfo,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const data = floats(rows * cols, name, shared);
  const beside: VectorTable[] = [];
  let at = 0;
  for await (const { points, ...others } of parts) {
    data.set(points.data, at);
    const own = { ...points, data: data.subarray(at, at + points.data.length) };
    beside.push({ ...others, points: own });
    at += points.data.length;
  }
  yield { points: { data, rows, cols }, ...besidePoints(beside) };
}
