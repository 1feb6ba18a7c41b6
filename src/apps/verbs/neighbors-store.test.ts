import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { readNeighbors, writeNeighbors } from '../../io/index.ts';
import { openTable } from '../../io/open.ts';
import { memoryObjects, writeShards } from '../../io/sharded/index.ts';
import { runPlan } from '../../jobs/run-plan.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import type { TableWork } from '../../jobs/space/table-work.ts';
import { outputKey } from '../../jobs/task.ts';
import { neighbors } from './neighbors.ts';
import { neighborsStore } from './neighbors-store.ts';

const [N, D, K] = [700, 8, 6];
const at = (name: string) => join(folder, name);
const folder = mkdtempSync(join(tmpdir(), 'tammes-neighbors-'));
const random = Random.fromSeed(4);
const data = Float32Array.from({ length: N * D }, () => random.normal());
let engine: Engine;
beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

async function cut(rows: number, values = data): Promise<TableWork> {
  const store = memoryObjects();
  const table = await openTable({ points: matrix(values.slice(), values.length / D, D) }, 'made');
  const { manifest } = await writeShards(table, store, { shardBytes: rows * D * 4 });
  const runner = inProcess({ table: store, work: store, engine });
  const run = (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner);
  const discard = (name: string) => store.remove(outputKey(name));
  return { name: 'table', manifest, table: store, work: store, engine, run, discard };
}

test('the lists are those of the rows in memory, to the bit, however the table is cut', async () => {
  const { graph, recall } = await neighbors(matrix(data.slice(), N, D), { k: K }, engine);
  expect(recall).toBeUndefined();
  await writeNeighbors(graph, at('whole.npz'));
  const whole = await readNeighbors(at('whole.npz'));
  for (const rows of [64, 333, N]) {
    expect(await neighborsStore(at('cut.npz'), await cut(rows), { k: K })).toEqual({ k: K });
    expect(await readNeighbors(at('cut.npz'))).toEqual(whole);
  }
});

test('approximate lists lie in the order of their rows, and say what share they hold', async () => {
  const work = await cut(100);
  const exact = await neighbors(matrix(data.slice(), N, D), { k: K }, engine);
  const { recall } = await neighborsStore(at('some.npz'), work, { k: K, exactRows: 100 });
  const { value = NaN, low = NaN, high = NaN } = recall ?? {};
  expect(value).toBeGreaterThan(0.6);
  expect(low <= value && value <= high).toBe(true);
  const found = await readNeighbors(at('some.npz'));
  expect([found.n, found.k, found.rows]).toEqual([N, K, undefined]);
  let hits = 0;
  for (let at = 0; at < N * K; at++) {
    const row = Math.floor(at / K);
    expect(found.indices[at]).not.toBe(row);
    if (found.distances[at] <= exact.graph.distances[row * K + K - 1]) hits += 1;
  }
  expect(hits / (N * K)).toBeGreaterThan(low - 0.02);
  expect(hits / (N * K)).toBeLessThan(high + 0.02);
});

test('fewer rows than neighbors; a row alone is refused', async () => {
  expect(await neighborsStore(at('few.npz'), await cut(2, data.slice(0, 4 * D)))).toEqual({ k: 3 });
  expect((await readNeighbors(at('few.npz'))).indices).toHaveLength(12);
  const alone = await cut(1, data.slice(0, D));
  await expect(neighborsStore(at('few.npz'), alone)).rejects.toThrow(
    'neighbors: expected at least 2 rows; got 1.',
  );
});
