import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { exact } from '../../../families/search/index.ts';
import type { SearchIndex } from '../../../families/search/types.ts';
import { uniformPoints } from '../../../manifolds/sampling.ts';
import { parseFilter } from '../../../structures/filters/parse-filter.ts';
import { filteredSearch } from './filtered-search.ts';
import { columnsInMemory } from './index-columns.ts';

const N = 400;
const points = uniformPoints(N, 5, Random.fromSeed(1));
const queries = { points: uniformPoints(40, 5, Random.fromSeed(2)) };
const columns = columnsInMemory({ half: Float64Array.from({ length: N }, (_, i) => i % 2) });
const where = parseFilter('half = 1');
const { index: made } = await exact({ points });
const index = { ...made, columns };

/** An approximate index that never sees rows from `blind` on, and says nothing of its recall. */
function blindIndex(blind: number, own: Partial<SearchIndex> = {}): SearchIndex {
  const search: SearchIndex['search'] = async (
    open,
    asked,
    { exactly, allowed, ...request },
    run,
  ) => {
    const seen = Uint8Array.from({ length: N }, (_, i) =>
      (exactly || i < blind) && (allowed?.[i] ?? 1) === 1 ? 1 : 0,
    );
    const found = await exact.search(open, asked, { ...request, allowed: seen }, run);
    return { ...found, exact: exactly === true };
  };
  const effort = { unit: 'rows', usual: () => 1, most: () => 1 };
  return { spec: exact.spec, effort, canBeExact: true, search, ...own } as SearchIndex;
}

describe('an index that cannot tell its recall', () => {
  test('is measured on some of the queries, where there are enough', async () => {
    const { found, plan } = await filteredSearch(
      blindIndex(300),
      index,
      queries,
      { k: 5, where, plan: 'in' },
      {},
    );
    const truth = await filteredSearch(
      blindIndex(300),
      index,
      queries,
      { k: 5, where, plan: 'exact' },
      {},
    );
    const shared = truth.found.rows.filter((row, at) => {
      const q = Math.floor(at / 5);
      return found.rows.subarray(q * 5, q * 5 + 5).includes(row);
    }).length;
    expect(plan).toBe('in');
    expect(new Set(found.recall).size).toBe(1);
    // 32 of the 40 queries: the eight others can move the mean by an eighth of their own spread.
    expect(Math.abs(found.recall[0] - shared / 200)).toBeLessThan(0.05);
    expect(found.recall[0]).toBeLessThan(0.9);
  });

  test('with too low a recall it is not answered with, unless that was asked for', async () => {
    const own = blindIndex(300, {
      forecast: () => ({ scanned: 1, filtered: 1, overhead: 1, recall: 1 }),
    });
    const { found, plan, costs } = await filteredSearch(own, index, queries, { k: 5, where }, {});
    expect(costs.in).toBeLessThan(costs.exact ?? 0);
    expect([plan, ...found.exactFor]).toEqual(['exact', ...new Array(40).fill(1)]);
  });

  test('of few queries nothing is known', async () => {
    const few = { points: uniformPoints(3, 5, Random.fromSeed(2)) };
    const { found } = await filteredSearch(
      blindIndex(300),
      index,
      few,
      { k: 5, where, plan: 'in' },
      {},
    );
    expect([...found.recall]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('answers that would be short', () => {
  test.each(['in', 'post'] as const)(
    '%s: are completed exactly, and count both scans',
    async (plan) => {
      const few = { points: uniformPoints(3, 5, Random.fromSeed(2)) };
      const { found } = await filteredSearch(blindIndex(6), index, few, { k: 5, where, plan }, {});
      const truth = await filteredSearch(
        blindIndex(6),
        index,
        few,
        { k: 5, where, plan: 'exact' },
        {},
      );
      expect(found.rows).toEqual(truth.found.rows);
      expect([...found.exactFor, ...found.recall]).toEqual(new Array(6).fill(1));
      expect(found.scanned[0]).toBeGreaterThan(truth.found.scanned[0]);
    },
  );

  test('stay short where the index cannot be exact', async () => {
    const own = blindIndex(6, { canBeExact: false });
    const few = { points: uniformPoints(3, 5, Random.fromSeed(2)) };
    const { found } = await filteredSearch(own, index, few, { k: 5, where }, {});
    expect([...found.rows.subarray(0, 5)].filter((row) => row >= 0)).toHaveLength(3);
    expect([...found.exactFor]).toEqual([0, 0, 0]);
    await expect(
      filteredSearch(own, index, few, { k: 5, where, plan: 'exact' }, {}),
    ).rejects.toThrow(
      'exact: option "plan" must be in or post: it holds too little to be exact; got "exact".',
    );
  });
});

test('some of the queries are searched again for more rows, of any kind of points', async () => {
  // Of the 20 nearest of each query half pass: some queries find five at once, others only later.
  const lists = Array.from({ length: 7 }, (_, q) => [
    ...queries.points.data.subarray(q * 5, q * 5 + 5),
  ]);
  const own = blindIndex(N);
  const { found } = await filteredSearch(
    own,
    index,
    { points: lists },
    { k: 5, where, plan: 'post' },
    {},
  );
  const truth = await filteredSearch(
    own,
    index,
    { points: lists },
    { k: 5, where, plan: 'exact' },
    {},
  );
  expect(found.rows).toEqual(truth.found.rows);
});
