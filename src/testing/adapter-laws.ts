import { describe, expect, test } from 'vitest';
import type {
  At,
  ForeignAnswer,
  OpenRows,
  SearchAdapter,
  Similarity,
  Way,
} from '../adapters/search/types.ts';
import { rows as rowsOf } from '../core/matrix.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { filterColumns, filterMask } from '../structures/filters/filter.ts';
import { parseFilter } from '../structures/filters/parse-filter.ts';
import {
  CONDITIONS,
  columns,
  D,
  K,
  labels,
  N,
  QUERIES,
  queries,
  SOME,
  scaled,
  truthOf,
} from './adapter-problem.ts';

/** Engines sum eight products in float32: some 1e-6 of scores up to 4. */
const ROUNDING = 1e-5;

function requireSame(
  own: ForeignAnswer,
  truth: { readonly rows: readonly number[]; readonly scores: readonly number[] },
) {
  expect(own.rows).toEqual(truth.rows);
  for (const [at, score] of own.scores.entries())
    expect(Math.abs(score - truth.scores[at])).toBeLessThan(ROUNDING);
}

/** What every adapter keeps: registers the tests. `at` gives a place where nothing is yet. */
export function describeAdapterLaws(adapter: SearchAdapter, at: () => At): void {
  const built = async (
    use: (rows: OpenRows) => Promise<void>,
    similarity: Similarity = 'cosine',
    index: Way = adapter.indexes[0],
  ) => {
    const place = at();
    const rows = { points: scaled, labels, columns };
    const made = await adapter.build(rows, { ...place, similarity, index });
    expect([made.n, made.d, made.similarity, made.index]).toEqual([N, D, similarity, index]);
    await made.close();
    const opened = await adapter.open(place);
    try {
      expect(opened).toMatchObject({ n: N, d: D, similarity, index });
      expect(opened.columns.toSorted()).toEqual(Object.keys(columns).toSorted());
      await use(opened);
    } finally {
      await opened.close();
    }
  };

  describe.each(adapter.indexes)('the index %s', (index) => {
    test.each(['cosine', 'dot', 'euclidean'] as const)(
      'finds by the %s what exact search finds, or says with which recall',
      (similarity) =>
        built(
          async (rows) => {
            const { answers } = await truthOf(similarity, K);
            const found = await rows.query(queries, { k: K });
            const shares: number[] = [];
            for (const [q, own] of found.entries()) {
              expect([own.rows.length, own.reason]).toEqual([K, undefined]);
              expect(own.labels).toEqual(own.rows.map((row) => labels[row]));
              if (own.exact) {
                requireSame(own, answers[q]);
                expect([own.estimatedRecall, own.scanned]).toEqual([1, N]);
              } else {
                const hits = own.rows.filter((row) => answers[q].rows.includes(row));
                shares.push(hits.length / K);
              }
            }
            if (index === 'exact') return expect(shares).toEqual([]);
            // All of these were found exactly as well, so what is stated is true; a last row that is as near as the true
            // one up to rounding counts for the engine alone: two of 320 at most.
            const stated = found.find((own) => !own.exact)?.estimatedRecall ?? Number.NaN;
            expect(Math.abs(meanOf(shares) - stated)).toBeLessThan(2.5 / (QUERIES * K));
            // Graphs and lists of 300 rows, most of which are looked at.
            expect(stated).toBeGreaterThan(0.5);
          },
          similarity,
          index,
        ),
      60_000,
    );

    test(
      'finds k rows that pass a condition, or all that pass',
      () =>
        built(
          async (rows) => {
            for (const where of CONDITIONS) {
              const { passing, answers } = await truthOf('cosine', K, where);
              const found = await rows.query(rowsOf(queries, 0, SOME), { k: K, where });
              const mask = filterMask(parseFilter(where), filterColumns(columns), N);
              for (const [q, own] of found.entries()) {
                expect([where, own.rows.length]).toEqual([where, Math.min(K, passing)]);
                expect([where, ...own.rows.map((row) => mask[row])]).toEqual([
                  where,
                  ...own.rows.map(() => 1),
                ]);
                expect(own.reason).toBe(
                  passing < K ? 'no other row passes the filter.' : undefined,
                );
                if (own.exact) requireSame(own, answers[q]);
                else expect(own.estimatedRecall).toBeNull();
              }
            }
          },
          'cosine',
          index,
        ),
      120_000,
    );

    test(
      'of few queries nothing is known, and more rows than there are is no error',
      () =>
        built(
          async (rows) => {
            const [own] = await rows.query([[...queries.data.subarray(0, D)]], { k: 3 });
            expect(own.estimatedRecall).toBe(own.exact ? 1 : null);
            const [all] = await rows.query([[...queries.data.subarray(0, D)]], { k: N + 5 });
            expect(new Set(all.rows).size).toBe(N);
            expect(all.reason).toBe(`there are ${N} rows.`);
          },
          'cosine',
          index,
        ),
      60_000,
    );
  });

  test.runIf(adapter.indexes.includes('ivf'))(
    'lists asked one by one miss rows, and all of them none',
    () =>
      built(
        async (rows) => {
          const { answers } = await truthOf('euclidean', 3);
          const few = await rows.query(queries, { k: 3, effort: 1 });
          // Where a list has fewer than three rows, the answer is found exactly.
          const missed = few.filter(
            (own, q) => !own.exact && own.rows.some((row) => !answers[q].rows.includes(row)),
          );
          expect(missed.length).toBeGreaterThan(0);
          expect(missed[0].estimatedRecall).toBeLessThan(1);
          const [all] = await rows.query(queries, { k: K, effort: N });
          expect(all).toMatchObject({ exact: false, estimatedRecall: 1, scanned: null });
        },
        'euclidean',
        'ivf',
      ),
    60_000,
  );

  test(
    'nothing passes: no rows, and why',
    () =>
      built(async (rows) => {
        const [own] = await rows.query(queries, { where: 'year = 3000' });
        expect(own).toEqual({
          rows: [],
          scores: [],
          exact: true,
          estimatedRecall: 1,
          scanned: 0,
          reason: 'no other row passes the filter.',
        });
      }),
    60_000,
  );

  test(
    'refuses what it cannot answer, in a sentence',
    () =>
      built(async (rows) => {
        await expect(rows.query([[1, 2]])).rejects.toThrow(
          `${adapter.id}: expected queries of ${D} columns, as ${rows.name} has; got 2.`,
        );
        const query = [queries.data.slice(0, D)];
        await expect(rows.query([new Float32Array(D)])).rejects.toThrow('is all zeros');
        await expect(rows.query([new Float32Array(D).fill(Number.NaN)])).rejects.toThrow(
          'query 0, column 0 is NaN',
        );
        await expect(rows.query(query, { k: 0 })).rejects.toThrow('"k" must be an integer');
        await expect(rows.query(query, { effort: 0 })).rejects.toThrow('"effort" must be');
        await expect(rows.query(query, { where: 'yaer = 1' })).rejects.toThrow(
          '"yaer" at character 1 is no column; the columns are',
        );
        await expect(rows.query(query, { where: 'year = "x"' })).rejects.toThrow(
          'column of numbers',
        );
        await rows.close();
        await rows.close();
        await expect(rows.query(query)).rejects.toThrow(`${adapter.id}: ${rows.name} was closed`);
      }),
    60_000,
  );

  test('refuses rows that it cannot hold without a loss', async () => {
    const place = at();
    const build = (given: object) =>
      adapter.build(
        {
          points: [
            [1, 0],
            [0, 1],
          ],
          ...given,
        },
        { ...place },
      );
    await expect(
      build({
        points: [
          [1, 0],
          [0, 0],
        ],
      }),
    ).rejects.toThrow('row 1 is all zeros');
    await expect(
      build({
        points: [
          [1, 0],
          [0, 1e-30],
        ],
      }),
    ).rejects.toThrow('row 1 is too short');
    await expect(
      build({
        points: [
          [1, 0],
          [0, 1e30],
        ],
      }),
    ).rejects.toThrow('row 1 is too long');
    await expect(build({ points: [] })).rejects.toThrow('at least one row');
    await expect(build({ labels: ['a'] })).rejects.toThrow('expected 2 labels; got 1.');
    await expect(build({ labels: ['a', 'b\0'] })).rejects.toThrow(
      'the label of row 1 holds a character 0',
    );
    await expect(build({ columns: { x: ['a', '\ud800'] } })).rejects.toThrow(
      'half of a surrogate pair',
    );
    await expect(build({ columns: { x: ['a'] } })).rejects.toThrow(
      'expected 2 values in column "x"; got 1.',
    );
    await expect(adapter.open(place)).rejects.toThrow(
      adapter.id === 'usearch' ? place.place : `no table`,
    );
    const lacks = async (name: string) => {
      throw Object.assign(new Error(`Cannot find package '${name}'`), {
        code: 'ERR_MODULE_NOT_FOUND',
      });
    };
    await expect(adapter.open({ ...place, load: lacks })).rejects.toThrow(
      `${adapter.id}: the package ${adapter.peers[0]} is not installed: npm install ${adapter.peers[0]}.`,
    );
  }, 60_000);
}
