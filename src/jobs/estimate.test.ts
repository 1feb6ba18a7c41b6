import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import { openTable } from '../io/open.ts';
import {
  type Manifest,
  memoryObjects,
  type ObjectStore,
  writeShards,
} from '../io/sharded/index.ts';
import { estimatePlan, type Rates, ratesOf, unitsOf } from './estimate.ts';
import { measureRates } from './measure-rates.ts';
import type { NamedTask, Plan } from './plan.ts';
import { momentsPlan } from './plans/moments-plan.ts';

const [N, D] = [700, 8];
let engine: Engine;
let table: ObjectStore;
let manifest: Manifest;
let plan: Plan;

beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
  table = memoryObjects();
  const random = Random.fromSeed(2);
  const data = Float32Array.from({ length: N * D }, () => random.normal());
  const opened = await openTable({ points: { data, rows: N, cols: D } }, 'made');
  ({ manifest } = await writeShards(opened, table, { shardBytes: 70 * D * 4 }));
  plan = await momentsPlan(manifest, engine.name);
});
afterAll(() => engine.dispose());

describe('rates', () => {
  test('tell what grows with the work from what each task takes', () => {
    const [small, large] = [plan.stages[0].tasks, plan.stages[1].tasks];
    const seconds = (named: NamedTask) => 0.25 + 3e-6 * unitsOf(named);
    const timed = (tasks: readonly NamedTask[]) =>
      tasks.map((named) => ({ named, seconds: seconds(named) }));
    // Shards of two sizes are tasks of two sizes.
    const [one] = small;
    const twice = {
      ...one,
      task: { ...one.task, settings: { shard: { ...manifest.shards[0], rows: 140, cols: D } } },
    } as NamedTask;
    const { moments } = ratesOf(timed([one]), timed([twice]));
    expect(moments.perUnit).toBeCloseTo(3e-6, 12);
    expect(moments.perTask).toBeCloseTo(0.25, 9);
    expect(ratesOf([], timed(large))['sums'].perTask).toBe(0);
  });

  test('are measured for every operation of a plan, and nothing is left in the store', async () => {
    const place = { table, work: memoryObjects('work'), manifest, engine };
    const rates = await measureRates(place, async (own) => [await momentsPlan(own, engine.name)]);
    expect(Object.keys(rates.operations).sort()).toEqual(['moments', 'sums']);
    for (const { perUnit, perTask } of Object.values(rates.operations)) {
      expect(perUnit).toBeGreaterThan(0);
      expect(perTask).toBeGreaterThanOrEqual(0);
    }
    expect(await place.work.list('')).toEqual([]);
  });
});

describe('an estimate', () => {
  const rates: Rates = {
    operations: { moments: { perTask: 2, perUnit: 0 }, sums: { perTask: 1, perUnit: 0 } },
    read: Infinity,
    write: Infinity,
  };

  test('counts rounds: ten tasks of two seconds on four threads take three rounds', () => {
    const found = estimatePlan(plan, rates, { nodes: 2, threads: 2, price: 6 });
    expect(found.stages).toMatchObject([
      { title: 'moments', tasks: 10, computing: 20, seconds: 6 },
      { title: 'sums', tasks: 1, computing: 1, seconds: 1 },
    ]);
    expect(found).toMatchObject({ tasks: 11, seconds: 7, nodeHours: 14 / 3600 });
    expect(found.cost).toBeCloseTo((6 * 14) / 3600, 12);
  });

  test('is bounded by the bytes that nodes can move', () => {
    const slow = estimatePlan(plan, rates, { nodes: 1, threads: 100, bandwidth: 100 });
    const [{ bytesRead, bytesWritten, seconds }] = slow.stages;
    expect(seconds).toBe((bytesRead + bytesWritten) / 100);
    expect(bytesRead).toBe(N * D * 4);
  });
});
