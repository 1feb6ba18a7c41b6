import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { filterColumns, filterMask } from '../../structures/filters/filter.ts';
import { parseFilter } from '../../structures/filters/parse-filter.ts';
import {
  buildIndex,
  columnsInMemory,
  indexById,
  openIndex,
  PLANS,
  queryIndex,
  queryIndexPlanned,
  writeIndex,
} from './search.ts';

const N = 2000;
const points = uniformPoints(N, 8, Random.fromSeed(1));
const queries = { points: uniformPoints(5, 8, Random.fromSeed(2)) };
const columns = {
  place: Float64Array.from({ length: N }, (_, i) => ((i * 7919) % N) / N),
  letter: Array.from({ length: N }, (_, i) => 'abcdefgh'[i % 8]),
};
const folder = mkdtempSync(join(tmpdir(), 'tammes-search-'));
const built = async (id: string) => {
  const { index } = await buildIndex({ points, columns }, id);
  return { id, ...index, columns: columnsInMemory(columns) };
};
const truthOf = async (where: string, k = 10) => {
  const { index } = await buildIndex({ points }, 'exact');
  const allowed = filterMask(parseFilter(where), filterColumns(columns), N);
  const { rows } = await indexById('exact').search(index, queries, { k, allowed });
  return Array.from({ length: 5 }, (_, q) =>
    [...rows.subarray(q * k, (q + 1) * k)].filter((row) => row >= 0),
  );
};

describe('a filtered search', () => {
  test.each(['exact', 'ivf'])(
    '%s: every plan gives k rows that pass, the best of them',
    async (id) => {
      const index = await built(id);
      for (const where of ['place < 0.5', 'letter = "a" and place >= 0.2', 'place < 0.01']) {
        const truth = await truthOf(where);
        for (const plan of [undefined, ...PLANS]) {
          const answers = await queryIndex(index, queries, { where, plan });
          for (const [q, { rows, exact, estimatedRecall, reason }] of answers.entries()) {
            expect([rows.length, reason]).toEqual([10, undefined]);
            expect(exact ? estimatedRecall : 1).toBe(1);
            expect(estimatedRecall).toBeGreaterThanOrEqual(0.9);
            const shared = rows.filter((row) => truth[q].includes(row)).length;
            expect(shared).toBeGreaterThanOrEqual(exact ? 10 : 7);
          }
        }
      }
    },
  );

  test('fewer than k pass: all of them, exact, and the reason', async () => {
    for (const id of ['exact', 'ivf'])
      for (const plan of [undefined, ...PLANS]) {
        const where = 'place < 0.0015';
        const answers = await queryIndex(await built(id), queries, { where, plan });
        const truth = await truthOf(where);
        for (const [q, { rows, exact, reason }] of answers.entries()) {
          expect(rows).toEqual(truth[q]);
          expect([rows.length, exact, reason]).toEqual([
            3,
            true,
            'no other row passes the filter.',
          ]);
        }
      }
  });

  test('none pass', async () => {
    const [{ rows, exact, reason }] = await queryIndex(await built('ivf'), queries, {
      where: 'place > 1',
    });
    expect([rows, exact, reason]).toEqual([[], true, 'no row passes the filter.']);
  });

  test('few rows are scored exactly, many are searched inside the lists', async () => {
    const index = await built('ivf');
    const plan = async (where: string) =>
      (await queryIndexPlanned(index, queries, { where })).filter;
    expect(await plan('place < 0.005')).toMatchObject({ plan: 'exact', share: 0.005 });
    expect(await plan('place < 0.9')).toMatchObject({ plan: 'in', share: 0.9 });
    const exact = await queryIndexPlanned(await built('exact'), queries, { where: 'place < 0.9' });
    expect(exact.filter?.plan).toBe('exact');
  });

  test('exact counts what passes, after counts what it threw away', async () => {
    const index = await built('ivf');
    const scanned = async (plan: (typeof PLANS)[number]) =>
      (await queryIndex(index, queries, { where: 'place < 0.1', plan }))[0].scanned;
    expect(await scanned('exact')).toBe(200);
    expect(await scanned('post')).toBeGreaterThan(await scanned('in'));
  });

  test('a plan without a filter is refused', async () => {
    await expect(queryIndex(await built('ivf'), queries, { plan: 'in' })).rejects.toThrow(
      'search query: option "plan" must be left out: there is no filter; got "in".',
    );
  });

  test('an effort that an exact index has no use for, and a plan that is none, are refused', async () => {
    await expect(queryIndex(await built('exact'), queries, { effort: 10 })).rejects.toThrow(
      'search query: option "effort" must be left out: the index exact is always exact; got 10.',
    );
    const plan = 'before' as 'in';
    await expect(
      queryIndex(await built('ivf'), queries, { where: 'place < 0.5', plan }),
    ).rejects.toThrow('ivf: option "plan" must be one of exact, in, post; got "before".');
  });

  test('a single filtered query says the recall to expect, and codes of bits do enough for it', async () => {
    const index = await built('hash');
    const where = 'place < 0.5';
    const truth = await truthOf(where);
    const shares: number[] = [];
    for (let q = 0; q < 5; q++) {
      const alone = { points: gathered(queries.points, [q]) };
      const [{ rows, exact, estimatedRecall }] = await queryIndex(index, alone, {
        where,
        plan: 'in',
      });
      expect(exact || (estimatedRecall ?? 0) >= 0.95).toBe(true);
      shares.push(rows.filter((row) => truth[q].includes(row)).length / 10);
    }
    // 50 rows, each found with 0.95 at least: three standard errors of their share below.
    expect(shares.reduce((sum, own) => sum + own, 0) / 5).toBeGreaterThan(0.85);
  });

  test('an index without columns says how to get them', async () => {
    const { index } = await buildIndex({ points }, 'exact');
    await expect(
      queryIndex({ id: 'exact', ...index }, queries, { where: 'x = 1' }),
    ).rejects.toThrow(
      'filter: "x" at character 1 is no column; there are none: build with columns, or with --metadata.',
    );
  });
});

describe('the file of an index', () => {
  test('answers as the index in memory does', async () => {
    for (const id of ['exact', 'ivf']) {
      const path = join(folder, `${id}.index`);
      const own = await built(id);
      await writeIndex(path, id, own, { columns });
      const file = await openIndex(path);
      const where = 'letter in ("a", "b") and place < 0.5';
      for (const plan of PLANS)
        expect(await queryIndex(file, queries, { where, plan })).toEqual(
          await queryIndex(own, queries, { where, plan }),
        );
      await file.close();
    }
  });

  test('of lists is rather scanned than read in small pieces, where few rows pass', async () => {
    const path = join(folder, 'pieces.index');
    const own = await built('ivf');
    await writeIndex(path, 'ivf', own, { columns });
    const file = await openIndex(path);
    const planOf = async (index: typeof own | typeof file, where: string) =>
      (await queryIndexPlanned(index, queries, { where })).filter;
    const [inFile, inMemory] = [
      await planOf(file, 'place < 0.9'),
      await planOf(own, 'place < 0.9'),
    ];
    expect(inFile?.costs.exact).toBe(inMemory?.costs.exact);
    expect(inFile?.costs.in).toBeGreaterThan(inMemory?.costs.in ?? 0);
    expect([inFile?.plan, inMemory?.plan]).toEqual(['exact', 'in']);
    await file.close();
  });

  test('without a filter an index of lists reads a part of its file', async () => {
    const path = join(folder, 'part.index');
    await writeIndex(path, 'ivf', await built('ivf'), { columns });
    const file = await openIndex(path);
    const [{ bytesRead = 0 }] = await queryIndex(file, { points: [[1, 0, 0, 0, 0, 0, 0, 0]] });
    expect(bytesRead).toBeGreaterThan(0);
    expect(file.arrays.bytesRead).toBeGreaterThan(bytesRead);
    expect(file.arrays.bytesRead).toBeLessThan(N * 8 * 4);
    await file.close();
  });

  test('a file that was cut off, or is another, is refused in a sentence', async () => {
    const path = join(folder, 'whole.index');
    await writeIndex(path, 'ivf', await built('ivf'));
    const bytes = readFileSync(path);
    const short = join(folder, 'short.index');
    for (const size of [0, 5, 300, bytes.length - 1]) {
      writeFileSync(short, bytes);
      truncateSync(short, size);
      await expect(openIndex(short)).rejects.toThrow(/short\.index: .*\.$/);
    }
    const other = join(folder, 'other.index');
    writeFileSync(other, 'word,vector\n');
    await expect(openIndex(other)).rejects.toThrow(/other\.index: .*\.$/);
  });
});
