import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { openTable, wholeOf } from '../../io/open.ts';
import { memoryObjects, openSharded, writeShards } from '../../io/sharded/index.ts';
import { runPlan } from '../../jobs/run-plan.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import { type Model, saveModel } from '../../learning/index.ts';
import { align, moveRows } from './align.ts';
import { applyStore, loadedModel } from './apply-store.ts';
import { placeRows, reduce } from './reduce.ts';

const [n, d] = [300, 10];
const random = Random.fromSeed(3);
const points = matrix(
  Float32Array.from({ length: n * d }, () => random.normal()),
  n,
  d,
);
const labels = Array.from({ length: n }, (_, i) => `row ${i}`);
let engine: Engine;
beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

/** The rows by the model, shard by shard. */
async function byShards(model: Model, family: 'reduction' | 'alignment', rows: number) {
  const [source, target] = [memoryObjects('source'), memoryObjects('target')];
  const table = await openTable(
    { points: { ...points, data: points.data.slice() }, labels },
    'made',
  );
  const found = await writeShards(table, source, { shardBytes: rows * d * 4 });
  const file = memoryStore('model.safetensors');
  await saveModel(file, model);
  const runner = inProcess({ table: source, work: target, engine });
  const made = await applyStore(await loadedModel(file, family), {
    found,
    target,
    engine: engine.name,
    run: (plan) => runPlan(plan, target, runner),
  });
  expect(await target.list('work/models/')).toEqual([]);
  return { file, table: await wholeOf(await openSharded(target, made)) };
}

describe('a model applied to a store', () => {
  test('places rows as it does with all of them, however they are cut, and keeps labels', async () => {
    const { model } = await reduce(points, 'pca', { dim: 3 }, { engine });
    for (const rows of [n, 64, 7]) {
      const { file, table } = await byShards(model, 'reduction', rows);
      expect(table.points).toEqual(await placeRows(file, points, { engine }));
      expect(table.labels).toEqual(labels);
    }
  });

  test('moves rows between spaces the same way', async () => {
    const other = matrix(
      points.data.map((x, e) => (e % d === 0 ? -x : x)),
      n,
      d,
    );
    const { model } = await align({ a: points, b: other }, 'procrustes', {}, { engine });
    const { file, table } = await byShards(model, 'alignment', 50);
    expect(table.points).toEqual(await moveRows(file, points, 'a', { engine }));
  });

  test('refuses a model of another family by the command that takes it', async () => {
    const { model } = await reduce(points, 'pca', { dim: 3 }, { engine });
    await expect(byShards(model, 'alignment', 50)).rejects.toThrow(
      'model.safetensors: the model was made by reduction/pca: tammes reduce apply takes it.',
    );
  });
});
