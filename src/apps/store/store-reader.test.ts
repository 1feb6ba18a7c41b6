import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { info, read, readBlocks } from '../../io/index.ts';
import { compress } from '../verbs/compress.ts';
import { buildIndex, writeIndex } from '../verbs/search.ts';
import { decodedStore, openStore, writeStore } from './store-file.ts';
import { storeFormat } from './store-format.ts';

const random = Random.fromSeed(2);
const [n, d] = [50, 4];
const points = matrix(
  Float32Array.from({ length: n * d }, () => random.normal()),
  n,
  d,
);
const labels = Array.from({ length: n }, (_, i) => `row ${i}`);
const columns = {
  topic: labels.map((label) => label.slice(-1)),
  year: Float64Array.from({ length: n }, (_, i) => i),
};
const path = join(mkdtempSync(join(tmpdir(), 'tammes-store-')), 'a.tammes');
await writeStore(path, await compress(points, 'int8'), { labels, columns });
const also = [storeFormat];

test('a store is read like every file of vectors, whole and in blocks', async () => {
  const store = await openStore(path);
  const decoded = await decodedStore(store);
  await store.close();
  const table = await read(path, { also });
  expect(table).toEqual(decoded);
  const years: number[] = [];
  for await (const block of readBlocks(path, 20, { also })) {
    expect(block.points.rows).toBeLessThanOrEqual(20);
    years.push(...((block.columns?.['year'] ?? []) as Float64Array));
  }
  expect(years).toEqual([...columns.year]);
});

test('it says what it is', async () => {
  expect(await info(path, { also })).toMatchObject({
    format: 'store',
    rows: n,
    cols: d,
    encoding: 'int8 codes',
    labels: true,
    columns: ['topic', 'year'],
  });
});

test('another column of text can be the label, or none', async () => {
  const topics = await read(path, { also, label: 'topic' });
  expect(topics.labels).toEqual(columns.topic);
  expect(Object.keys(topics.columns ?? {})).toEqual(['year']);
  expect((await read(path, { also, label: false })).labels).toBeUndefined();
  await expect(read(path, { also, label: 'year' })).rejects.toThrow('no column of text "year"');
  await expect(read(path, { also, vector: 'codes' })).rejects.toThrow('has its vectors alone');
});

test('files of vectors and stores are one table together', async () => {
  const both = await read([path, path], { also });
  expect([both.points.rows, both.labels?.length]).toEqual([2 * n, 2 * n]);
});

test('without a reader of stores the codes are not taken for vectors', async () => {
  await expect(read(path)).rejects.toThrow('this is a store of coded vectors: openStore');
  await expect(read(path, { also, format: 'safetensors' })).rejects.toThrow('tammes decompress');
});

test('nor are the arrays of an index', async () => {
  const { index } = await buildIndex({ points }, 'exact');
  const other = join(mkdtempSync(join(tmpdir(), 'tammes-store-')), 'a.index');
  await writeIndex(other, 'exact', index);
  await expect(read(other, { also })).rejects.toThrow(
    'this is an index, which tammes search query',
  );
});
