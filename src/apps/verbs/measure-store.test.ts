import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { openTable } from '../../io/open.ts';
import { memoryObjects, type ObjectStore, writeShards } from '../../io/sharded/index.ts';
import { runPlan } from '../../jobs/run-plan.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import type { TableWork } from '../../jobs/space/table-work.ts';
import { outputKey } from '../../jobs/task.ts';
import { FIELD_METRICS } from '../report/contract.ts';
import { measure } from './measure.ts';
import { measureStore } from './measure-store.ts';

const [N, D] = [2100, 24];
let engine: Engine;

/** Rows in forty clusters of unequal width, lengths that vary, ten of them twice. */
function plantedRows(n: number, d: number): Float32Array {
  const random = Random.fromSeed(7);
  const centers = Float64Array.from({ length: 40 * d }, () => random.normal());
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const cluster = random.integer(40);
    const length = 1 + random.uniform();
    for (let c = 0; c < d; c++)
      data[i * d + c] =
        length * (centers[cluster * d + c] + (0.2 + cluster / 50) * random.normal() + 0.3);
  }
  for (let i = 0; i < 10; i++) data.copyWithin((n - 1 - i) * d, i * 7 * d, (i * 7 + 1) * d);
  return data;
}

async function workOf(data: Float32Array, n: number, d: number): Promise<TableWork> {
  const store: ObjectStore = memoryObjects('table');
  const table = await openTable({ points: matrix(data.slice(), n, d) }, 'made');
  const { manifest } = await writeShards(table, store, { shardBytes: 300 * d * 4 });
  const runner = inProcess({ table: store, work: store, engine });
  const run = (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner);
  const discard = (name: string) => store.remove(outputKey(name));
  return { name: 'table', manifest, table: store, work: store, engine, run, discard };
}

/** How two numbers agree: to the bit, to the rounding of sums in another order, or not. */
function agreement(own: MetricRow, other: MetricRow): 'equal' | 'rounding' | 'other' {
  const keys = ['value', 'low', 'high'] as const;
  const nulls = (row: MetricRow) => [row.null?.value, row.null?.low, row.null?.high];
  const pairs = [
    ...keys.map((key) => [own[key], other[key]]),
    ...nulls(own).map((value, at) => [value, nulls(other)[at]]),
  ].map((pair) => pair.map((value) => value ?? NaN));
  if (pairs.every(([a, b]) => Object.is(a, b))) return 'equal';
  const isClose = ([a, b]: number[]) =>
    Object.is(a, b) || Math.abs(a - b) <= 1e-6 * Math.max(1e-6, Math.abs(a), Math.abs(b));
  return pairs.every(isClose) ? 'rounding' : 'other';
}

beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 2 });
});
afterAll(() => engine.dispose());

/** Made of sums over rows, which a store adds shard by shard. */
const ROUNDING = [
  'circular-variance',
  'coding-rate',
  'cosine-contribution',
  'effective-rank',
  'entropy-rank',
  'mean-cosine',
  'nc1',
  'participation-ratio',
  'rayleigh-test',
  'rogue-dimensions',
  'spectrum-slope',
  'stable-rank',
];

/** Numbers that look at the rows themselves, or do so where the rows are few. */
const NEEDS_ROWS = new Set([
  'partition-isotropy',
  'projected-test',
  'local-two-nn',
  'hubness-corrections',
  'clusterability',
  'components',
  'dip-test',
  'local-topology',
  'persistence-1',
  'successive-cosine',
  'topic-boundaries',
  'class-alignment',
  'class-rank',
  'class-separation',
  'linear-probe-accuracy',
  'nc3',
  'nc4',
  'rank-axis',
  'rate-reduction',
  'silhouette',
  'truncation',
]);

const factsOf = (data: Float32Array) => {
  const scores = Float64Array.from({ length: N }, (_, i) => data[i * D]);
  const classes = Array.from({ length: N }, (_, i) => `c${i % 5}`);
  return { classes, scores, frequencies: scores.map(Math.abs) };
};

describe('a store is measured as its rows in memory are', () => {
  test('every number that does not need the rows is equal, to the bit or to rounding', async () => {
    const data = plantedRows(N, D);
    const options = { metrics: ['all'], ...factsOf(data) };
    const work = await workOf(data, N, D);
    const { inspection, bySums } = await measureStore(work, { ...options, sampleRows: 200 });
    expect(bySums).toEqual(['nc1', 'nc2']);
    const { sampled, ...stored } = inspection.measurement;
    const ids = stored.metrics.map(({ id }) => id).filter((id) => !sampled?.metrics.includes(id));
    const memory = await measure(matrix(data, N, D), { ...options, metrics: ids, engine });
    const found: Record<string, string[]> = { equal: [], rounding: [], other: [] };
    for (const own of memory.metrics) {
      const other = stored.metrics.find(({ id }) => id === own.id);
      if (other) found[agreement(other, own)].push(own.id);
      expect(other?.rows, own.id).toEqual(own.rows);
    }
    expect(found['other']).toEqual([]);
    expect(found['rounding']?.sort()).toEqual(ROUNDING);
    expect(sampled?.metrics.filter((id) => !NEEDS_ROWS.has(id))).toEqual([]);
    expect(Object.values(FIELD_METRICS).filter((id) => NEEDS_ROWS.has(id))).toEqual([]);
  });

  test('rows without a direction are refused by their numbers, or left out and the others keep theirs', async () => {
    const data = plantedRows(N, D);
    data.fill(0, 5 * D, 6 * D);
    data[900 * D + 3] = NaN;
    const work = await workOf(data, N, D);
    await expect(measureStore(work)).rejects.toThrow('2 rows have no direction');
    const metrics = ['min-angle', 'mean-cosine', 'effective-rank', 'hubness-skewness'];
    const found = await measureStore(work, { metrics, skipInvalid: true });
    const kept = Int32Array.from({ length: N }, (_, i) => i).filter((i) => i !== 5 && i !== 900);
    const others = await measure(gathered(matrix(data, N, D), kept), { metrics, engine });
    const { measurement } = found.inspection;
    expect(found.invalid).toEqual([5, 900]);
    expect(measurement.n).toBe(N - 2);
    for (const [at, own] of measurement.metrics.entries()) {
      const other = others.metrics[at];
      expect(agreement(own, other), own.id).not.toBe('other');
      expect(own.rows).toEqual(other.rows?.map((i) => kept[i]));
    }
  });

  test('classes that have next to collapsed, of whose spread sums keep no digits, are measured by drawn rows', async () => {
    const random = Random.fromSeed(3);
    const data = Float32Array.from({ length: N * D }, (_, e) => {
      const [i, c] = [Math.floor(e / D), e % D];
      return (c === i % 3 ? 1 : 0) + 1e-5 * random.normal();
    });
    const classes = Array.from({ length: N }, (_, i) => `${i % 3}`);
    const options = { metrics: ['nc1', 'nc2'], classes, sampleRows: 300, null: 'none' as const };
    const work = await workOf(data, N, D);
    const { inspection, bySums } = await measureStore(work, options);
    expect(inspection.measurement.sampled?.metrics).toEqual(['nc1']);
    expect(bySums).toEqual(['nc2']);
  });

  test('whatever is drawn, each shard is read once to gather it', async () => {
    const work = await workOf(plantedRows(N, D), N, D);
    const read: string[] = [];
    const run = (plan: Parameters<typeof runPlan>[0]) => {
      for (const { tasks } of plan.stages)
        for (const { name, task } of tasks) if (task.operation === 'gather-rows') read.push(name);
      return work.run(plan);
    };
    const metrics = [
      'mean-nearest-angle',
      'effective-rank',
      'rankme',
      'projected-test',
      'components',
    ];
    await measureStore({ ...work, run }, { metrics, sampleRows: 200 });
    expect(read.length).toBe(work.manifest.shards.length);
  });

  test('few rows in many columns: groups of rows are left out by their sums', async () => {
    const [n, d] = [300, 40];
    const data = plantedRows(n, d);
    const metrics = ['effective-rank', 'isoscore'];
    const { inspection } = await measureStore(await workOf(data, n, d), { metrics });
    const memory = await measure(matrix(data, n, d), { metrics, engine });
    for (const [at, own] of inspection.measurement.metrics.entries())
      expect(agreement(own, memory.metrics[at]), own.id).not.toBe('other');
  });
});
