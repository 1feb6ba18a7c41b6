import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Matrix, rows as rowsOf } from '../core/matrix.ts';
import type {
  Corpus,
  EffortPoint,
  Found,
  OpenIndex,
  SearchIndex,
} from '../families/search/types.ts';
import { openPacked, type PackedArray, writePacked } from '../io/packed.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

const KIND = { format: 'tammes-index', version: 1, title: 'index' };
const K = 5;

/** What every index keeps: registers the tests. The first documents are the queries, unless the run has others. */
export function describeIndexLaws(method: AnyMethod, problem: SmallProblem): void {
  const search = method as unknown as SearchIndex;
  const corpus = problem.input as Corpus;
  const queries = (problem.run?.['queries'] as Corpus | undefined) ?? firstOf(corpus, 4);
  const built = async () => (await search(corpus, problem.options as never)).index;

  test('answers each query as if it were alone', async () => {
    const index = await built();
    const together = await search.search(index, queries, { k: K });
    for (let q = 0; q < 3; q++) {
      const alone = await search.search(index, onlyOne(queries, q), { k: K });
      expect(alone.rows).toEqual(together.rows.slice(q * K, (q + 1) * K));
      expect(alone.scores).toEqual(together.scores.slice(q * K, (q + 1) * K));
    }
  });

  test('answers the same from a file', async () => {
    const index = await built();
    const path = join(mkdtempSync(join(tmpdir(), 'tammes-index-')), 'a.index');
    const arrays: [string, PackedArray][] = [];
    for (const name of index.arrays.names)
      arrays.push([
        name,
        { shape: index.arrays.shapeOf(name), data: await index.arrays.whole(name) },
      ]);
    await writePacked(path, KIND, index.settings, Object.fromEntries(arrays));
    const file = await openPacked(path, KIND);
    const opened: OpenIndex = { settings: file.fields, arrays: file, n: index.n };
    expect(await search.search(opened, queries, { k: K })).toEqual(
      await search.search(index, queries, { k: K }),
    );
    await file.close();
  });

  test('gives the best first, no document twice, and none that is not allowed', async () => {
    const index = await built();
    const allowed = Uint8Array.from({ length: index.n }, (_, i) => (i % 3 === 1 ? 1 : 0));
    for (const request of [{ k: K }, { k: K, allowed }]) {
      const found = await search.search(index, queries, request);
      requireOrdered(found, K);
      if (request.allowed)
        for (const row of found.rows) expect(row < 0 || allowed[row] === 1).toBe(true);
    }
  });

  test('gives fewer than k only where there are no more', async () => {
    const index = await built();
    const allowed = new Uint8Array(index.n);
    allowed[2] = 1;
    allowed[7] = 1;
    const found = await search.search(index, queries, { k: K, allowed, exactly: true });
    requireOrdered(found, K);
    const count = [...found.rows.subarray(0, K)].filter((row) => row >= 0).length;
    // Documents without a word of the query are no answer.
    expect(count).toBeLessThanOrEqual(2);
    if (search.takes === 'points') expect(count).toBe(2);
    const none = await search.search(index, queries, { k: K, allowed: new Uint8Array(index.n) });
    expect(new Set(none.rows)).toEqual(new Set([-1]));
  });

  test('refuses a k, an effort or a filter that makes no sense', async () => {
    const index = await built();
    await expect(search.search(index, queries, { k: 0 })).rejects.toThrow('"k" must be an integer');
    await expect(search.search(index, queries, { k: 1, effort: -1 })).rejects.toThrow('"effort"');
    await expect(
      search.search(index, queries, { k: 1, allowed: new Uint8Array(1) }),
    ).rejects.toThrow(/for each of \d+ documents/);
  });

  if (search.effort && search.canBeExact) {
    if (search.takes === 'points' && search.asks === 'points')
      test('says the recall that it measured for each effort', async () => {
        const { settings } = await built();
        const curve = settings['curve'] as EffortPoint[];
        expect(curve.length).toBeGreaterThan(0);
        for (const [i, { effort, low, recall, high }] of curve.entries()) {
          expect(i === 0 || effort > curve[i - 1].effort).toBe(true);
          expect(0 <= low && low <= recall && recall <= high && high <= 1).toBe(true);
        }
      });
    test('with the most effort it finds what is exact', async () => {
      const index = await built();
      const effort = search.effort?.most(index);
      const found = await search.search(index, queries, { k: K, effort });
      const exact = await search.search(index, queries, { k: K, exactly: true });
      expect(exact.exact).toBe(true);
      expect(found.rows).toEqual(exact.rows);
    });
  }
}

function requireOrdered({ rows, scores }: Found, k: number): void {
  for (let at = 0; at < rows.length; at += k) {
    const own = [...rows.subarray(at, at + k)];
    const real = own.filter((row) => row >= 0);
    expect(new Set(real).size).toBe(real.length);
    expect(own.slice(real.length).every((row) => row === -1)).toBe(true);
    for (let j = 1; j < real.length; j++) {
      const [a, b] = [scores[at + j - 1], scores[at + j]];
      expect(a > b || (a === b && own[j - 1] < own[j])).toBe(true);
    }
  }
}

/** The first documents as queries. */
function firstOf(corpus: Corpus, count: number): Corpus {
  return corpus.points ? { points: rowsOf(corpus.points as Matrix, 0, count) } : corpus;
}

/** One query of those given. */
function onlyOne({ points, offsets, sparse, texts }: Corpus, q: number): Corpus {
  if (texts) return { texts: [texts[q]] };
  if (sparse) {
    const [from, to] = [sparse.offsets[q], sparse.offsets[q + 1]];
    return {
      sparse: {
        rows: 1,
        cols: sparse.cols,
        offsets: Int32Array.of(0, to - from),
        columns: sparse.columns.slice(from, to),
        values: sparse.values.slice(from, to),
      },
    };
  }
  if (!offsets) return { points: rowsOf(points as Matrix, q, q + 1) };
  const own = rowsOf(points as Matrix, offsets[q], offsets[q + 1]);
  return { points: own, offsets: Int32Array.of(0, own.rows) };
}
