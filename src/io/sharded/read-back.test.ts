import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { type ObjectServer, objectServer } from '../../testing/object-server.ts';
import type { VectorTable } from '../index.ts';
import { blocksOf, openTable, wholeOf } from '../open.ts';
import { copied } from '../support/joined.ts';
import {
  memoryObjects,
  newestManifest,
  type ObjectStore,
  openSharded,
  openStore,
  type ShardDType,
  writeShards,
} from './index.ts';

let folder = '';
let server: ObjectServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tammes-read-back-'));
  server = await objectServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Numbers that half precision holds as they are. */
const halves = fc.integer({ min: -2048, max: 2048 }).map((i) => i / 8);
const floats = fc.float({ noDefaultInfinity: false, noNaN: false });
const texts = fc.string({ unit: 'grapheme', maxLength: 5 });

const tables = fc
  .record({
    rows: fc.integer({ min: 1, max: 30 }),
    cols: fc.integer({ min: 1, max: 9 }),
    dtype: fc.constantFrom<ShardDType>('f4', 'f2'),
    labels: fc.boolean(),
    columns: fc.boolean(),
    shardBytes: fc.integer({ min: 16, max: 1500 }),
    blockRows: fc.integer({ min: 1, max: 50 }),
    split: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .chain((shape) => {
    const { rows, cols, dtype } = shape;
    const values = dtype === 'f2' ? halves : floats;
    const of = <T>(each: fc.Arbitrary<T>, count: number) =>
      fc.array(each, { minLength: count, maxLength: count });
    return fc.record({
      shape: fc.constant(shape),
      data: of(values, rows * cols),
      words: of(texts, rows),
      numbers: of(fc.double(), rows),
    });
  });

test('any table, cut anywhere, in either type, appended or not, reads back as it was', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(tables, async ({ shape, data, words, numbers }) => {
      const { rows, cols, dtype, shardBytes, blockRows, split } = shape;
      const part = (a: number, b: number): VectorTable => ({
        points: matrix(Float32Array.from(data.slice(a * cols, b * cols)), b - a, cols),
        ...(shape.labels && { labels: words.slice(a, b) }),
        ...(shape.columns && {
          columns: { word: words.slice(a, b), number: Float64Array.from(numbers.slice(a, b)) },
        }),
      });
      const at = Math.max(1, Math.round(split * rows));
      const name = `t${count++}`;
      const stores: ObjectStore[] = [
        memoryObjects(),
        openStore(join(folder, name)),
        openStore(`s3://bucket/${name}`, { s3: { endpoint: server.endpoint, credentials: false } }),
      ];
      for (const store of stores) {
        const write = async (a: number, b: number) =>
          writeShards(await openTable(part(a, b), 'made'), store, {
            dtype,
            shardBytes,
            append: true,
          });
        await write(0, at);
        if (at < rows) await write(at, rows);
        const found = await newestManifest(store);
        if (!found) throw new Error('no table');
        const opened = await openSharded(store, found);
        const blocks: VectorTable[] = [];
        for await (const block of blocksOf(opened, blockRows)) blocks.push(block);
        for (const back of [await wholeOf(opened), copied(blocks, name, false)]) {
          const wanted = part(0, rows);
          expect(back.points).toEqual(wanted.points);
          expect(back.labels).toEqual(wanted.labels);
          expect(back.columns).toEqual(wanted.columns);
        }
      }
      const [first, ...others] = await Promise.all(stores.map((store) => store.list('shards/')));
      for (const keys of others) expect(keys).toEqual(first);
    }),
    { numRuns: 15 },
  );
});
