import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import { openTable } from '../io/open.ts';
import {
  type FoundManifest,
  memoryObjects,
  type ObjectStore,
  readObject,
  writeShards,
} from '../io/sharded/index.ts';
import { float64s, openOutput } from './output.ts';
import { momentsPlan } from './plans/moments-plan.ts';
import { neededTasks, resultsOf, runPlan } from './run-plan.ts';
import { runTask } from './run-task.ts';
import { inProcess } from './runners/in-process.ts';
import { outputKey, taskName } from './task.ts';

const N = 500;
const D = 12;
let engine: Engine;
let store: ObjectStore;
let found: FoundManifest;
const random = Random.fromSeed(3);
const data = Float32Array.from({ length: N * D }, () => random.normal());

beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
  store = memoryObjects();
  const table = await openTable({ points: matrix(data.slice(), N, D) }, 'made');
  found = await writeShards(table, store, { shardBytes: 64 * D * 4 });
});
afterAll(() => engine.dispose());

describe('a plan', () => {
  test('sums over the shards what one pass over the rows sums', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    const done = await runPlan(plan, store, inProcess({ table: store, work: store, engine }));
    expect(done).toMatchObject({ tasks: 9, ran: 9 });
    const [name] = resultsOf(plan);
    const output = await openOutput(store, name);
    expect(output.fields['rows']).toBe(N);
    const { points } = unitRows('test', matrix(data, N, D));
    const gram = await engine.gram(points);
    const found64 = await float64s(output, 'unit.gram');
    for (const [e, value] of gram.data.entries()) expect(found64[e]).toBeCloseTo(value, 10);
  });

  test('goes on where it was: what is stored is not computed again, what is lost is', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    const work = memoryObjects('work');
    const runner = inProcess({ table: store, work, engine });
    await runPlan(plan, work, runner);
    const [result] = resultsOf(plan);
    const bytes = await work.size(outputKey(result));
    expect((await runPlan(plan, work, runner)).ran).toBe(0);
    // A part alone is not needed while the result is there.
    const part = plan.stages[0].tasks[2].name;
    await work.remove(outputKey(part));
    expect((await neededTasks(plan, work)).flat()).toEqual([]);
    await work.remove(outputKey(result));
    expect((await runPlan(plan, work, runner)).ran).toBe(2);
    expect(await work.size(outputKey(result))).toBe(bytes);
  });

  test('of a grown table computes the new shards alone', async () => {
    const grown = memoryObjects('grown');
    const rows = (from: number, to: number) =>
      openTable({ points: matrix(data.slice(from * D, to * D), to - from, D) }, 'made');
    const cut = { shardBytes: 64 * D * 4 };
    const runner = inProcess({ table: grown, work: grown, engine });
    const before = await writeShards(await rows(0, 128), grown, cut);
    await runPlan(await momentsPlan(before.manifest, engine.name), grown, runner);
    const after = await writeShards(await rows(128, 256), grown, { ...cut, append: true });
    const done = await runPlan(await momentsPlan(after.manifest, engine.name), grown, runner);
    expect(done.ran).toBe(3);
  });
});

test('a task is named by its values, not by how they are written', async () => {
  const task = { operation: 'moments', version: 1, engine: 'wasm', inputs: [] } as const;
  const one = await taskName({ ...task, settings: { a: 1, b: [2, { c: 3, d: undefined }] } });
  const two = await taskName({ settings: { b: [2, { c: 3 }], a: 1 }, ...task });
  expect(one).toBe(two);
  expect(await taskName({ ...task, settings: { a: 2, b: [2, { c: 3 }] } })).not.toBe(one);
});

describe('two commands in one store', () => {
  test('what another removes in the middle of a plan is made again, to the same bytes', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    const [result] = resultsOf(plan);
    const alone = memoryObjects('alone');
    await runPlan(plan, alone, inProcess({ table: store, work: alone, engine }));
    const work = memoryObjects('shared');
    const own = inProcess({ table: store, work, engine });
    let stages = 0;
    const done = await runPlan(plan, work, {
      async run(tasks, onDone, signal) {
        // The second stage reads the first, two of whose outputs are gone by then.
        if (stages++ === 1) for (const at of [0, 5]) await work.remove(outputKey(nameAt(at)));
        await own.run(tasks, onDone, signal);
      },
    });
    function nameAt(at: number): string {
      return plan.stages[0].tasks[at].name;
    }
    expect(done.ran).toBe(9 + 3);
    const [one, two] = await Promise.all(
      [work, alone].map((of) => readObject(of, outputKey(result))),
    );
    expect(one).toEqual(two);
  });

  test('a task whose output another stored, and dropped what it is made of, is done', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    const work = memoryObjects('raced');
    await runPlan(plan, work, inProcess({ table: store, work, engine }));
    const { name, task } = plan.stages[1].tasks[0];
    for (const input of task.inputs) await work.remove(outputKey(input));
    // The other is done just after this one has looked.
    let looks = 0;
    const raced: ObjectStore = {
      ...work,
      size: async (key) => (key === outputKey(name) && looks++ === 0 ? undefined : work.size(key)),
    };
    expect((await runTask(task, { table: store, work: raced, engine })).name).toBe(name);
    await work.remove(outputKey(name));
    await expect(runTask(task, { table: store, work, engine })).rejects.toThrow(/no such object/);
  });

  test('a task that fails for a reason of its own ends the plan at once', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    let begun = 0;
    const runner = {
      async run() {
        begun++;
        throw new Error('the disk is full');
      },
    };
    await expect(runPlan(plan, memoryObjects(), runner)).rejects.toThrow('the disk is full');
    expect(begun).toBe(1);
  });

  test('an output that is removed each time ends the plan', async () => {
    const plan = await momentsPlan(found.manifest, engine.name);
    const runner = { async run() {} };
    await expect(runPlan(plan, memoryObjects(), runner)).rejects.toThrow(/missing after its stage/);
  });
});
