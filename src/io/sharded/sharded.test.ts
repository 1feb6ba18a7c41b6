import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { info, read, readBlocks, type VectorTable } from '../index.ts';
import { openTable } from '../open.ts';
import { memoryObjects, type ObjectStore, openStore, writeShards } from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tammes-sharded-'));
});
afterAll(() => rm(folder, { recursive: true }));

function tableOf(rows: number, cols: number, seed = 1): VectorTable {
  const random = Random.fromSeed(seed);
  const points = matrix(
    Float32Array.from({ length: rows * cols }, () => random.normal()),
    rows,
    cols,
  );
  return {
    points,
    labels: Array.from({ length: rows }, (_, i) => `row ${i}`),
    columns: {
      year: Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? NaN : 1900 + i)),
      topic: Array.from({ length: rows }, (_, i) => `größe ${i % 3}`),
    },
  };
}

const opened = (table: VectorTable) => openTable(table, 'made');
/** 10 rows of 8 float32. */
const TEN = { shardBytes: 320 };

describe('a sharded table in a folder', () => {
  test('reads back what was written: points, labels and columns, whole and in blocks', async () => {
    const table = tableOf(37, 8);
    const path = join(folder, 'whole');
    const { manifest } = await writeShards(await opened(table), openStore(path), TEN);
    expect(manifest.shards.map(({ rows }) => rows)).toEqual([10, 10, 10, 7]);
    const back = await read(path);
    expect(back.points.data).toEqual(table.points.data);
    expect(back.labels).toEqual(table.labels);
    expect(back.columns).toEqual(table.columns);
    const sizes: number[] = [];
    for await (const block of readBlocks(path, 16)) sizes.push(block.points.rows);
    expect(sizes).toEqual([16, 16, 5]);
    expect(await info(path)).toMatchObject({
      format: 'shards',
      rows: 37,
      cols: 8,
      labels: true,
      columns: ['year', 'topic'],
    });
  });

  test('the same rows are the same objects; a shard that is there is not written again', async () => {
    const table = tableOf(20, 8);
    const stores = ['one', 'two'].map((name) => openStore(join(folder, name)));
    for (const store of stores) await writeShards(await opened(table), store, TEN);
    const [one, two] = await Promise.all(stores.map((store) => store.list('')));
    expect(one).toEqual(two);
  });

  test('to append is a new manifest; the shards and the manifest before stay', async () => {
    const path = join(folder, 'grown');
    const store = openStore(path);
    const first = await writeShards(await opened(tableOf(15, 8, 1)), store, TEN);
    const before = await store.list('');
    const second = await writeShards(await opened(tableOf(5, 8, 2)), store, { append: true });
    expect(second.manifest.parent).toBe(first.sha256);
    expect(second.manifest.shards.slice(0, 2)).toEqual(first.manifest.shards);
    expect(await store.list('')).toEqual(expect.arrayContaining(before));
    expect((await read(path)).points.rows).toBe(20);
  });

  test('two that append at once are both there', async () => {
    const path = join(folder, 'race');
    const store = openStore(path);
    await writeShards(await opened(tableOf(5, 8, 1)), store);
    await Promise.all(
      [2, 3, 4, 5].map(async (seed) =>
        writeShards(await opened(tableOf(5, 8, seed)), store, { append: true }),
      ),
    );
    expect((await read(path)).points.rows).toBe(25);
  });

  test('a half-written file is no object', async () => {
    const path = join(folder, 'torn');
    const store = openStore(path);
    await writeShards(await opened(tableOf(5, 8)), store);
    const [shard = ''] = await readdir(join(path, 'shards'));
    await writeFile(
      join(path, 'shards', `${shard}.00000000-0000-0000-0000-000000000000.tmp`),
      'half',
    );
    expect((await store.list('shards/')).every((key) => !key.endsWith('.tmp'))).toBe(true);
    expect((await read(path)).points.rows).toBe(5);
  });

  test('half precision takes half the bytes', async () => {
    const path = join(folder, 'half');
    const table = tableOf(6, 8);
    const { manifest } = await writeShards(await opened(table), openStore(path), { dtype: 'f2' });
    expect(manifest.shards[0].bytes).toBe(6 * 8 * 2);
    const { points } = await read(path);
    for (const [i, x] of points.data.entries()) {
      expect(Math.abs(x - table.points.data[i])).toBeLessThanOrEqual(
        Math.abs(table.points.data[i]) * 2 ** -11,
      );
    }
  });
});

describe('what is wrong is said in a sentence', () => {
  async function filled(rows = 12): Promise<ObjectStore> {
    const store = memoryObjects();
    await writeShards(await opened(tableOf(rows, 8)), store, TEN);
    return store;
  }

  test('a store that holds a table', async () => {
    const store = await filled();
    await expect(writeShards(await opened(tableOf(1, 8)), store)).rejects.toThrow(
      'memory: the store holds a table of 12 × 8 already; --append (append: true) adds to it.',
    );
  });

  test('other columns, other labels, other fields', async () => {
    const store = await filled();
    const append = async (table: VectorTable) =>
      writeShards(await opened(table), store, { append: true });
    await expect(append(tableOf(2, 7))).rejects.toThrow(
      'made: the vectors have 7 columns, those of memory 8.',
    );
    await expect(append({ ...tableOf(2, 8), labels: undefined })).rejects.toThrow(
      'made: memory has labels and made has none.',
    );
    await expect(append({ ...tableOf(2, 8), columns: {} })).rejects.toThrow(
      'made: the column "year" is not in both tables.',
    );
  });

  test('a shard that does not match its hash, a manifest that is damaged or newer', async () => {
    const path = join(folder, 'damaged');
    const store = openStore(path);
    const { manifest } = await writeShards(await opened(tableOf(5, 8)), store);
    const [shard] = manifest.shards;
    const file = join(path, 'shards', `${shard.sha256}.f4`);
    await writeFile(file, new Uint8Array(shard.bytes));
    await expect(read(path)).rejects.toThrow(/their SHA-256 differs/);
    await rm(file);
    await expect(read(path)).rejects.toThrow(/is missing; the manifest names it/);
    const write = (text: string) => writeFile(join(path, 'manifests/00000002.json'), text);
    await write('{"format":"tammes-shards","version":2}');
    await expect(read(path)).rejects.toThrow(
      /the manifest has version 2; this Tammes reads version 1/,
    );
    await write('{"format":"tammes-shards","version":1}');
    await expect(read(path)).rejects.toThrow(/the manifest is damaged/);
    await write('{"for');
    await expect(read(path)).rejects.toThrow(/the manifest is not JSON/);
  });

  test('a disk that fills up: the table that was there is whole, and no half file stays', async () => {
    const path = join(folder, 'full');
    const store = openStore(path);
    await writeShards(await opened(tableOf(5, 8)), store);
    const before = await store.list('');
    const handle = await open(join(path, before[0]));
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const writing = vi.spyOn(prototype, 'write').mockRejectedValue(full);
    await expect(
      writeShards(await opened(tableOf(50, 8, 2)), store, { append: true, ...TEN }),
    ).rejects.toThrow(/shards\/[0-9a-f]{64}\.f4: the disk is full; nothing was written\.$/);
    writing.mockRestore();
    expect(await store.list('')).toEqual(before);
    expect((await readdir(join(path, 'shards'))).length).toBe(before.length - 1);
    expect((await read(path)).points.rows).toBe(5);
  });

  test('an empty store', async () => {
    const path = join(folder, 'whole-not', 'manifests');
    await expect(read(path)).rejects.toThrow(/no such file or folder/);
  });
});
