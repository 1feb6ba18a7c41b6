import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { openTable, wholeOf } from '../../io/open.ts';
import {
  memoryObjects,
  newestManifest,
  type ObjectStore,
  openSharded,
  writeShards,
} from '../../io/sharded/index.ts';
import { runPlan } from '../../jobs/run-plan.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import { outputKey } from '../../jobs/task.ts';
import { disperse } from './disperse.ts';
import { type DisperseStoreOptions, disperseStore } from './disperse-store.ts';

const [n, d] = [700, 12];
const random = Random.fromSeed(5);
const data = Float32Array.from(
  { length: n * d },
  (_, e) => random.normal() + (e % d === 0 ? 3 : 0),
);
const labels = Array.from({ length: n }, (_, i) => `row ${i}`);
let engine: Engine;
beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

/** A store of shards of that many rows at most. */
async function stored(rows: number, values = data): Promise<ObjectStore> {
  const store = memoryObjects('table');
  const table = await openTable({ points: matrix(values.slice(), n, d), labels }, 'made');
  await writeShards(table, store, { shardBytes: rows * d * 4 });
  return store;
}

async function spread(
  source: ObjectStore,
  options: DisperseStoreOptions,
  target = memoryObjects(),
) {
  const found = await newestManifest(source);
  if (!found) throw new Error('no table');
  const runner = inProcess({ table: source, work: target, engine });
  const result = await disperseStore(options, {
    source,
    found,
    target,
    engine,
    run: (plan) => runPlan(plan, target, runner),
    discard: (name) => target.remove(outputKey(name)),
  });
  const table = await wholeOf(await openSharded(target, result.found));
  return { ...result, table, target };
}

const few = { steps: 6, learningRate: 0.3, seed: 2 } as const;

describe('disperse over a store', () => {
  test('gives the bytes of disperse with counted ranks, and keeps labels', async () => {
    const { points: wanted, loss } = await disperse(
      { points: matrix(data.slice(), n, d), labels },
      { ...few, objective: 'sliced(ranks=counted)', batch: 0, keep: 0.97, engine },
    );
    const found = await spread(await stored(100), { ...few, keep: 0.97 });
    expect(found.table.points.data).toEqual(wanted.data);
    expect(found.table.labels).toEqual(labels);
    expect(found.loss).toBeCloseTo(loss, 6);
    expect(found.objective).toMatch(/^sliced\(ranks=counted\)( \+ [\d.]+\*fidelity)?$/);
    expect(found.meanCosineToStart).toBeGreaterThan(0.95);
  });

  test('exact copies of rows are parted as in memory, wherever they lie', async () => {
    const twice = data.slice();
    for (const [to, from] of [
      [3, 1],
      [650, 1],
      [651, 99],
      [120, 99],
    ])
      twice.copyWithin(to * d, from * d, (from + 1) * d);
    const own = { ...few, keep: 0.97 };
    const { points: wanted, parted } = await disperse(
      { points: matrix(twice.slice(), n, d) },
      { ...own, objective: 'sliced(ranks=counted)', batch: 0, engine },
    );
    expect(parted).toBe(4);
    for (const rows of [100, n]) {
      const found = await spread(await stored(rows, twice), own);
      expect(found.table.points.data).toEqual(wanted.data);
      expect(found.parted).toBe(4);
    }
  });

  test.each([
    ['sliced', {}],
    ['sliced-axis + 0.2*frame-potential', {}],
    ['sliced', { localSteps: 4 }],
    ['lloyd(samples=64)', { keep: 0 }],
    ['uniformity', { features: 64, optimizer: 'riemannian-adam', learningRate: 0.02 }],
    ['sliced', { optimizerOptions: { momentum: 0.8 } }],
  ] as const)('of one shard and of seven is the same to the bit: %s %j', async (objective, own) => {
    const options = { ...few, objective, fidelity: 0.1, ...own };
    const seven = await spread(await stored(100), options);
    const one = await spread(await stored(n), options);
    expect(seven.found.manifest.shards).toHaveLength(7);
    expect(seven.table.points.data).toEqual(one.table.points.data);
    expect(seven.loss).toBeCloseTo(one.loss, 9);
    expect(moved(one.table.points)).toBeGreaterThan(0.01);
  });

  test('a run that was stopped ends in the same bytes, and nothing of the work is left but shards', async () => {
    const source = await stored(100);
    const whole = await spread(source, few);
    const target = memoryObjects('half');
    const stopping: ObjectStore = {
      ...target,
      create: async (key, pieces) => {
        creations += 1;
        if (creations > 31) throw new Error('the disk is full');
        return target.create(key, pieces);
      },
    };
    let creations = 0;
    await expect(spread(source, few, stopping)).rejects.toThrow('the disk is full');
    const resumed = await spread(source, few, target);
    expect(resumed.found.sha256).toBe(whole.found.sha256);
    // What says the names of the shards and which rows are equal: the command removes it.
    expect((await target.list('work/')).length).toBe(8);
  });

  test('refuses what cannot be done shard by shard, in a sentence', async () => {
    const source = await stored(n);
    await expect(spread(source, { objective: 'koleo' })).rejects.toThrow(
      'disperse: option "objective" must be one that is computed shard by shard, of fidelity, frame-potential, gaussian-energy, lloyd, sliced, sliced-axis, uniformity, variance-covariance; got "koleo".',
    );
    await expect(spread(source, { batch: 64 })).rejects.toThrow(
      'disperse: option "batch" must be 0 for a store: a step takes all rows; got 64.',
    );
    await expect(spread(source, { features: 3 })).rejects.toThrow('must be an even number; got 3.');
    await expect(spread(source, few, source)).rejects.toThrow(
      'table: the store holds a table of 700 × 12 already; name another one with -o.',
    );
    const zero = data.slice().fill(0, 300 * d, 301 * d);
    await expect(spread(await stored(100, zero), { ...few, keep: 0 })).rejects.toThrow(
      'table: row 300 (counted from 0) is zero or not finite and so has no direction; leave such rows out.',
    );
  });
});

/** How far the rows are from where they began, as a root mean square. */
function moved({ data: x }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let c = 0; c < d; c++) length += data[i * d + c] ** 2;
    for (let c = 0; c < d; c++) sum += (x[i * d + c] - data[i * d + c] / Math.sqrt(length)) ** 2;
  }
  return Math.sqrt(sum / n);
}
