import type { Engine } from '../engine/engine.ts';
import {
  type Manifest,
  memoryObjects,
  type ObjectStore,
  readShardRows,
  shardKey,
  writeShard,
} from '../io/sharded/index.ts';
import { type Rates, ratesOf, type TimedTask } from './estimate.ts';
import { storeGiven } from './given.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { inProcess } from './runners/in-process.ts';

/** Where rates are measured. */
export interface RatesPlace {
  readonly table: ObjectStore;
  readonly work: ObjectStore;
  readonly manifest: Manifest;
  readonly engine: Engine;
}

/** Rows of each of two shards of the first sample, and of the largest. */
const [FEWEST, MOST] = [256, 16_384];
/** Doublings between the two sizes that rates are taken from. */
const APART = 3;
/** A sample whose tasks take so long together is large enough. */
const SECONDS = 1.5;
/** Bytes of a shard that are read and written to time the store, at most, and of how many shards. */
const PROBE = 16 * 2 ** 20;
const PROBES = 4;

/**
 * Runs the plans over small tables, made of the first rows of two real shards, twice as many each time, and takes the time
 * of each task: seconds in all.
 */
export async function measureRates(
  place: RatesPlace,
  plansOf: (manifest: Manifest) => Promise<readonly Plan[]> | readonly Plan[],
): Promise<Rates> {
  const { manifest } = place;
  const largest = Math.min(MOST, Math.max(...manifest.shards.map(({ rows }) => rows)));
  // The first run of each operation is slower: what it needs is compiled.
  await timed(place, plansOf, Math.min(FEWEST, largest));
  const sizes = [await timed(place, plansOf, Math.min(FEWEST, largest))];
  for (let rows = 2 * FEWEST; ; rows *= 2) {
    const now = await timed(place, plansOf, Math.min(rows, largest));
    sizes.push(now);
    if (secondsOfAll(now) > SECONDS || rows >= largest) break;
  }
  // What else this machine does makes a sample slower, never faster: of two the quicker one. Between sizes that are near, the
  // noise of both would be larger than what lies between them.
  const [again, last] = [await timed(place, plansOf, rowsOf(sizes)), sizes[sizes.length - 1]];
  const large = secondsOfAll(again) < secondsOfAll(last) ? again : last;
  const small = sizes[Math.max(0, sizes.length - 1 - APART)];
  return { operations: ratesOf(small, large), ...(await storeRates(place)) };

  function rowsOf({ length }: readonly unknown[]): number {
    return Math.min(FEWEST * 2 ** (length - 1), largest);
  }
}

const secondsOfAll = (tasks: readonly TimedTask[]): number =>
  tasks.reduce((sum, one) => sum + one.seconds, 0);

/** Times the tasks of the plans over a table of two shards of so many rows. */
async function timed(
  { table, manifest, engine }: RatesPlace,
  plansOf: (manifest: Manifest) => Promise<readonly Plan[]> | readonly Plan[],
  rows: number,
): Promise<TimedTask[]> {
  const memory = memoryObjects('sample');
  const shards = [];
  for (const shard of manifest.shards.slice(0, 2)) {
    const points = await readShardRows(table, shard, manifest, 0, Math.min(rows, shard.rows));
    shards.push(await writeShard(memory, { points, source: { name: 'sample' } as never }, 'f4'));
  }
  const sample: Manifest = {
    ...manifest,
    dtype: 'f4',
    labels: false,
    columns: [],
    rows: shards.reduce((sum, shard) => sum + shard.rows, 0),
    shards,
  };
  const found: TimedTask[] = [];
  for (const plan of await plansOf(sample)) {
    const byName = new Map(
      plan.stages.flatMap(({ tasks }) => tasks.map((named) => [named.name, named] as const)),
    );
    for (const given of plan.given ?? []) await storeGiven(memory, given);
    const inner = inProcess({ table: memory, work: memory, engine });
    await runPlan(plan, memory, {
      run: (tasks, onDone, signal) =>
        inner.run(
          tasks,
          (done) => {
            const named = byName.get(done.name);
            if (named) found.push({ named, seconds: done.seconds });
            onDone(done);
          },
          signal,
        ),
    });
  }
  return found;
}

/** How fast shards are read and outputs written here: a disk is not as fast each time. */
async function storeRates({ table, work, manifest }: RatesPlace) {
  const total = { bytes: 0, read: 0, write: 0 };
  for (const shard of manifest.shards.slice(-PROBES)) {
    const bytes = new Uint8Array(Math.min(PROBE, shard.bytes));
    const key = shardKey(shard, manifest.dtype);
    total.bytes += bytes.length;
    total.read += await secondsOf(() => table.readInto(key, 0, bytes));
    const probe = `work/probes/${shard.sha256}`;
    await work.remove(probe);
    total.write += await secondsOf(() => work.create(probe, [bytes]));
    await work.remove(probe);
  }
  return { read: total.bytes / total.read, write: total.bytes / total.write };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.max(1e-6, (performance.now() - began) / 1000);
}
