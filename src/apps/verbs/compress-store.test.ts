import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sha256 } from '../../core/sha256.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { openTable } from '../../io/open.ts';
import { memoryObjects, type ObjectStore, writeShards } from '../../io/sharded/index.ts';
import { runPlan } from '../../jobs/run-plan.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import type { TableWork } from '../../jobs/space/table-work.ts';
import { outputKey } from '../../jobs/task.ts';
import { openStore, writeStore } from '../store/store-file.ts';
import { compress } from './compress.ts';
import { compressStore } from './compress-store.ts';

const [N, D] = [900, 16];
const folder = mkdtempSync(join(tmpdir(), 'compress-store-'));
const at = (name: string) => join(folder, name);
const random = Random.fromSeed(8);
const data = Float32Array.from({ length: N * D }, () => random.normal());
data.fill(0, 5 * D, 6 * D);
const labels = Array.from({ length: N }, (_, i) => `word ${i}`);
const columns = { size: Float64Array.from({ length: N }, (_, i) => i / 7) };
const points: Matrix<Float32Array> = matrix(data, N, D);
let engine: Engine;
beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

/** The table, cut into shards of so many rows. */
async function cut(rows: number, store: ObjectStore = memoryObjects()): Promise<TableWork> {
  const table = await openTable({ points: matrix(data.slice(), N, D), labels, columns }, 'made');
  const { manifest } = await writeShards(table, store, { shardBytes: rows * D * 4 });
  const runner = inProcess({ table: store, work: store, engine });
  const run = (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner);
  const discard = (name: string) => store.remove(outputKey(name));
  return { name: 'table', manifest, table: store, work: store, engine, run, discard };
}

const by =
  (codec: string, options = {}) =>
  (rows: Matrix<Float32Array>, run: Parameters<typeof compress>[3]) =>
    compress(rows, codec, options, run);
const digest = async (name: string) => sha256(readFileSync(at(name)));

test.each(['int8', 'pq', 'bits', 'rotated-scalar', 'pca', 'opq'])(
  '%s of all rows gives the file of compress, however the table is cut',
  async (codec) => {
    await writeStore(
      at('whole'),
      await by(codec)(points, { engine }),
      { labels, columns },
      { engine },
    );
    for (const rows of [64, 333, N]) {
      const done = await compressStore(at('cut'), await cut(rows), by(codec));
      expect(done).toMatchObject({ fitted: N, measured: N });
      // Of 1,000 rows at random ten would be 0.01.
      expect(done.recalls[0]?.value).toBeGreaterThan(0.05);
      expect(await digest('cut')).toBe(await digest('whole'));
    }
  },
);

test('a codec of drawn rows codes the others as if each were alone', async () => {
  const given = { fittedRows: 200, seed: 3 };
  const done = await compressStore(at('a'), await cut(64), by('pq', { seed: 3 }), given);
  await compressStore(at('b'), await cut(500), by('pq', { seed: 3 }), given);
  expect(await digest('a')).toBe(await digest('b'));
  expect(done).toMatchObject({ fitted: 200, measured: N });
  const store = await openStore(at('a'));
  expect([store.rows, store.cols]).toEqual([N, D]);
  const row = await store.ready.encode(matrix(data.slice(700 * D, 701 * D), 1, D), { engine });
  expect((await store.codes(700, 701)).bytes).toEqual(row.bytes);
  expect(await store.labels()).toEqual(labels);
  // A row of length zero has no direction, whatever its codes stand for.
  expect((await store.packed.whole('norms'))[5]).toBe(0);
  await store.close();
});

test('a damaged shard ends it in a sentence, and no file is left', async () => {
  const store = memoryObjects();
  const work = await cut(100, store);
  const damaged: ObjectStore = {
    ...store,
    async readInto(key, offset, into) {
      await store.readInto(key, offset, into);
      if (key.endsWith(`${work.manifest.shards[6].sha256}.f4`)) into[0] ^= 1;
    },
  };
  const runner = inProcess({ table: damaged, work: store, engine });
  const broken = {
    ...work,
    run: (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner),
  };
  const coding = compressStore(at('none'), broken, by('int8'), { fittedRows: 50 });
  await expect(coding).rejects.toThrow(/SHA-256/);
  expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
});

test('queries of another width are refused before anything is coded', async () => {
  const work = await cut(100);
  const asking = matrix(new Float32Array(3 * (D + 1)).fill(1), 3, D + 1);
  const nothing = { ...work, run: () => Promise.reject(new Error('a plan ran')) };
  await expect(compressStore(at('none'), nothing, by('int8'), { asking })).rejects.toThrow(
    `compress: expected queries of ${D} columns; got ${D + 1}.`,
  );
});

test('a row that is refused is named by its number in the table', async () => {
  const wrong = data.slice();
  wrong[701 * D + 2] = Number.NaN;
  const table = await openTable({ points: matrix(wrong, N, D) }, 'made');
  const store = memoryObjects();
  const { manifest } = await writeShards(table, store, { shardBytes: 100 * D * 4 });
  const runner = inProcess({ table: store, work: store, engine });
  const work = {
    ...(await cut(100)),
    manifest,
    table: store,
    work: store,
    run: (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner),
  };
  const learnt = compress(matrix(data.slice(0, 200 * D), 200, D), 'int8', {}, { engine });
  await expect(compressStore(at('none'), work, () => learnt)).rejects.toThrow(
    /rows from 700 of the table on, counted from there: .*row 1\b/,
  );
});
