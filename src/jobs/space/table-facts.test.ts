import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { ivf, ivfOfRows } from '../../families/search/index.ts';
import { openTable } from '../../io/open.ts';
import { addManifest, memoryObjects, writeShard } from '../../io/sharded/index.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { withoutSelf } from '../../structures/neighbors/neighbor-lists.ts';
import { meanKernelOf } from '../../structures/space/space.ts';
import { groupsOf } from '../../structures/spectra/row-spectrum.ts';
import { runPlan } from '../run-plan.ts';
import { inProcess } from '../runners/in-process.ts';
import { outputKey } from '../task.ts';
import { drawnRows } from './drawn-rows.ts';
import { equalRows } from './equal-rows.ts';
import { gatheredRows } from './gathered-rows.ts';
import { groupSpectra } from './group-spectra.ts';
import { indexedRows } from './indexed-rows.ts';
import { nearRows } from './near-rows.ts';
import { nearestRows } from './nearest-rows.ts';
import { exactPairMean } from './pair-means.ts';
import { rowNumbers } from './row-numbers.ts';
import { tableClassSums } from './table-class-sums.ts';
import { approximateGraph, eachPart, exactGraph, type TableGraph } from './table-graph.ts';
import { tableSums } from './table-sums.ts';
import type { TableWork } from './table-work.ts';

const [N, D] = [700, 16];
const none = (n: number) => rowNumbers(n, new Int32Array(0));
let engine: Engine;

const random = Random.fromSeed(5);
const data = Float32Array.from({ length: N * D }, () => random.normal());
// Ties: row 650 is row 3, rows 651 and 120 are row 99; equal distances in several shards.
for (const [copy, of] of [
  [650, 3],
  [651, 99],
  [120, 99],
])
  data.copyWithin(copy * D, of * D, (of + 1) * D);
const points = matrix(data, N, D);

/** The rows in shards of these sizes. */
async function tableOf(rows: Float32Array, sizes: readonly number[]): Promise<TableWork> {
  const store = memoryObjects();
  const shards = [];
  let first = 0;
  for (const size of sizes) {
    const own = matrix(rows.slice(first * D, (first + size) * D), size, D);
    shards.push(await writeShard(store, { points: own }, 'f4', first));
    first += size;
  }
  const head = { dtype: 'f4', cols: D, labels: false, columns: [] } as const;
  const { manifest } = await addManifest(store, undefined, head, shards);
  const runner = inProcess({ table: store, work: store, engine });
  const run = (plan: Parameters<typeof runPlan>[0]) => runPlan(plan, store, runner);
  const discard = (name: string) => store.remove(outputKey(name));
  return { name: 'table', manifest, table: store, work: store, engine, run, discard };
}

/** One row alone, unequal sizes, a last one of two. */
const SIZES = [1, 130, 7, 300, 260, 2];

beforeAll(async () => {
  engine = await chooseEngine('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

describe('facts of a table shard by shard', () => {
  test('rows come in the order and as often as they are asked for', async () => {
    const work = await tableOf(data, SIZES);
    const rows = Int32Array.of(699, 0, 131, 131, 5);
    expect(await gatheredRows(work, none(N), rows)).toEqual(gathered(points, rows));
    const nothing = await gatheredRows(work, none(N), new Int32Array(0));
    expect(nothing).toMatchObject({ rows: 0, cols: D });
  });

  test('drawn lists are gathered in one pass, alone or beside the nearest rows of the first of them', async () => {
    const plain = await tableOf(data, SIZES);
    const read: string[] = [];
    const work: TableWork = {
      ...plain,
      run(plan) {
        for (const { tasks } of plan.stages)
          for (const { task } of tasks)
            if (task.operation === 'gather-rows') read.push(JSON.stringify(task.settings));
        return plain.run(plan);
      },
    };
    const lists = [Int32Array.of(3, 99, 400, 699), Int32Array.of(0, 3, 131), Int32Array.of(500)];
    for (const beside of [false, true]) {
      read.length = 0;
      const drawn = drawnRows(work, lists);
      if (beside) {
        const found = await nearestRows(work, none(N), lists[0], 9, drawn);
        expect(found).toEqual(await nearestRows(await tableOf(data, SIZES), none(N), lists[0], 9));
      }
      for (const rows of [...lists, lists[0]])
        expect(await gatheredRows(work, none(N), rows, drawn)).toEqual(gathered(points, rows));
      expect(read.length).toBe(SIZES.length);
      expect(new Set(read).size).toBe(SIZES.length);
    }
    const other = Int32Array.of(7);
    const rows = await gatheredRows(work, none(N), other, drawnRows(work, lists));
    expect(rows).toEqual(gathered(points, other));
  });

  test('nearest rows are those of the engine on the whole table, ties by lower row, to the bit', async () => {
    const work = await tableOf(data, SIZES);
    const rows = Int32Array.of(0, 3, 99, 120, 400, 650, 651, 699);
    const unit = unitRows('test', points).points;
    const whole = await engine.nearestAmong(gathered(unit, rows), unit, 10, {});
    expect(await nearestRows(work, none(N), rows, 9)).toEqual(withoutSelf(whole, rows));
  });

  test('of a table of one row there is no neighbour', async () => {
    const work = await tableOf(data.slice(0, D), [1]);
    const found = await nearestRows(work, none(1), Int32Array.of(0), 2);
    expect([...found.indices]).toEqual([-1, -1]);
    expect([...found.distances]).toEqual([Infinity, Infinity]);
  });

  test('equal rows are found in all shards, and nothing else', async () => {
    const groups = await equalRows(await tableOf(data, SIZES));
    expect(groups.map((group) => [...group])).toEqual([
      [3, 650],
      [99, 120, 651],
    ]);
    const distinct = data.slice(0, 90 * D);
    expect(await equalRows(await tableOf(distinct, [45, 45]))).toEqual([]);
  });

  test('the sign of a zero tells rows apart, as their bytes do', async () => {
    const rows = new Float32Array(2 * D).fill(1);
    rows[0] = 0;
    rows[D] = -0;
    expect(await equalRows(await tableOf(rows, [1, 1]))).toEqual([]);
  });
});

test('the mean of a kernel over all pairs is that of the rows in memory, to rounding', async () => {
  const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 } as const;
  const unit = unitRows('test', points).points;
  const whole = await meanKernelOf(unit, kernel, engine, {});
  for (const blockRows of [64, 16_384]) {
    const found = await exactPairMean(await tableOf(data, SIZES), kernel, blockRows);
    // Kernels are taken in float32, and two blocks are not tiled as all rows are.
    expect(found.value / whole.value).toBeCloseTo(1, 5);
    expect(found.standardError / whole.standardError).toBeCloseTo(1, 3);
  }
});

test('sums of classes are those of the rows in memory, rows without a direction in none, however many are taken together', async () => {
  const rows = data.slice();
  for (const row of [0, 140]) rows.fill(0, row * D, (row + 1) * D);
  const work = await tableOf(rows, SIZES);
  const { numbers } = await tableSums(work);
  const unit = unitOrZeroRows(matrix(rows, N, D)).points;
  const numberings = [3, 5, 4].map((k) => Int32Array.from({ length: numbers.n }, (_, i) => i % k));
  const found = await tableClassSums(work, numbers, numberings, 6);
  for (const [r, of] of numberings.entries()) {
    const sums = new Float64Array(6 * D);
    for (const [i, own] of of.entries())
      for (let c = 0; c < D; c++) sums[own * D + c] += unit.data[numbers.inTable(i) * D + c];
    // Shards are summed one by one.
    for (const [e, sum] of sums.entries()) expect(found[r].data[e]).toBeCloseTo(sum, 12);
  }
  expect(await tableClassSums(work, numbers, numberings, 6, 1)).toEqual(found);
  await expect(tableClassSums(work, numbers, numberings, 2 ** 19)).rejects.toThrow('beyond memory');
});

test('spectra without groups of rows are those of the rows in memory, and do not depend on how many groups are looked at together', async () => {
  // More rows have no groups.
  const n = 200;
  const work = await tableOf(data, [1, 130, 7, 62]);
  const sums = await tableSums(work);
  const unit = unitRows('test', matrix(data.slice(0, n * D), n, D)).points;
  const whole = await groupsOf(
    unit,
    await engine.gram(unit),
    { plain: true, centered: true },
    engine,
  );
  const found = await groupSpectra(work, sums, 'unit');
  expect(found.plain).toHaveLength(20);
  for (const kind of ['plain', 'centered'] as const)
    for (const [g, values] of found[kind].entries())
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(whole[kind][g][i], 9);
  // A task for each group, and for three of them.
  for (const held of [1, 3 * 16 * D * (D + 1)])
    expect(await groupSpectra(work, sums, 'unit', held)).toEqual(found);
});

describe('the neighbor graph of a table', () => {
  const listsIn = async (work: TableWork, { parts, k }: TableGraph) => {
    const [indices, distances] = [new Int32Array(N * k), new Float64Array(N * k)];
    await eachPart(work, parts, (rows, lists) => {
      for (const [i, row] of rows.entries()) {
        indices.set(lists.indices.subarray(i * k, (i + 1) * k), row * k);
        distances.set(lists.distances.subarray(i * k, (i + 1) * k), row * k);
      }
    });
    return { indices, distances };
  };

  test('exactly, it is that of the engine on the whole table, to the bit', async () => {
    const work = await tableOf(data, SIZES);
    const graph = await exactGraph(work, 6);
    const whole = await engine.nearest(unitRows('test', points).points, 6);
    const { indices, distances } = whole;
    expect(await listsIn(work, graph)).toEqual({ indices, distances });
    expect(graph.recall).toBeUndefined();
  });

  test('where every row is in every list, lists find all; in few they find some, and it is measured', async () => {
    const work = await tableOf(data, SIZES);
    const all = await approximateGraph(work, { k: 6, lists: 5, probes: 5 });
    const exact = await listsIn(work, await exactGraph(work, 6));
    expect(await listsIn(work, all)).toEqual(exact);
    expect(all.recall?.value).toBe(1);
    const some = await approximateGraph(work, { k: 6, lists: 20, probes: 1 });
    const { distances } = await listsIn(work, some);
    let [found, wanted] = [0, 0];
    for (const row of Random.fromSeed(0).fork('graph of a table').fork('solved').sample(N, 500)) {
      const farthest = exact.distances[row * 6 + 5];
      for (let at = row * 6; at < row * 6 + 6; at++) {
        wanted += 1;
        if (distances[at] <= farthest) found += 1;
      }
    }
    const { value = NaN, low = NaN, high = NaN } = some.recall ?? {};
    expect(value).toBeCloseTo(found / wanted, 12);
    expect(low < value && value < high && high < 1).toBe(true);
  });

  test('near rows are those within a distance, and chains of them', async () => {
    const work = await tableOf(data, SIZES);
    const groups = await nearRows(work, await exactGraph(work, 4), 1e-6);
    expect(groups.map((group) => [...group])).toEqual([
      [3, 650],
      [99, 120, 651],
    ]);
    const one = await tableOf(data.slice(0, D), [1]);
    expect(await nearRows(one, await exactGraph(one, 2), 2)).toEqual([]);
  });
});

describe('inverted lists of a table', () => {
  test.each(['cosine', 'dot', 'euclidean'] as const)(
    'by the %s are those that a build in memory makes, to the bit',
    async (similarity) => {
      const options = { similarity, lists: 12 };
      const rows = indexedRows(await tableOf(data, SIZES), similarity, {});
      const built = await ivfOfRows(rows, options, { engine });
      const memory = await ivf({ points }, options, { engine });
      const { arrays, settings } = built.index;
      const other = memory.index.arrays;
      expect(arrays.names).toEqual(other.names);
      for (const name of arrays.names.filter((own) => own !== 'points'))
        expect(await arrays.whole(name), name).toEqual(await other.whole(name));
      expect(await arrays.slice('points', 0, N)).toEqual(await other.whole('points'));
      expect(await arrays.slice('points', 300, 310)).toEqual(await other.slice('points', 300, 310));
      expect(settings).toEqual(memory.index.settings);
      expect(built.facts).toEqual(memory.facts);
      await rows.close();
    },
  );

  test('a codec is refused in a sentence', async () => {
    const rows = indexedRows(await tableOf(data, SIZES), 'cosine', {});
    await expect(ivfOfRows(rows, { codec: 'int8' }, { engine })).rejects.toThrow('codec');
  });
});

test('a table in one shard gives what one in several does', async () => {
  const table = await openTable({ points }, 'made');
  expect((await table.reader.info()).rows).toBe(N);
  const [one, several] = [await tableOf(data, [N]), await tableOf(data, SIZES)];
  const rows = Int32Array.of(1, 2, 99);
  const found = await nearestRows(one, none(N), rows, 5);
  expect(await nearestRows(several, none(N), rows, 5)).toEqual(found);
});
