import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { openPacked, type PackedArray, writePacked } from '../../io/packed.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { filterColumns, filterMask } from '../../structures/filters/filter.ts';
import { parseFilter } from '../../structures/filters/parse-filter.ts';
import { exact } from './exact.ts';
import { ivf } from './ivf.ts';
import type { OpenIndex } from './types.ts';

const N = 600;
const points = uniformPoints(N, 6, Random.fromSeed(5));
const queries = { points: uniformPoints(9, 6, Random.fromSeed(6)) };
const columns = {
  year: Float64Array.from({ length: N }, (_, i) => (i % 11 === 0 ? Number.NaN : 1990 + (i % 35))),
  topic: Array.from({ length: N }, (_, i) => ['physics', 'math', 'physics', ''][i % 4]),
};
const allowedBy = (text: string) => filterMask(parseFilter(text), filterColumns(columns), N);

async function inFile({ settings, arrays, n }: OpenIndex) {
  const path = join(mkdtempSync(join(tmpdir(), 'tammes-ivf-')), 'a.index');
  const own: [string, PackedArray][] = [];
  for (const name of arrays.names)
    own.push([name, { shape: arrays.shapeOf(name), data: await arrays.whole(name) }]);
  const kind = { format: 'tammes-index', version: 1, title: 'index' };
  await writePacked(path, kind, settings, Object.fromEntries(own));
  const file = await openPacked(path, kind);
  return { settings: file.fields, arrays: file, n };
}

describe('ivf', () => {
  test('the example of its page', async () => {
    const own = {
      points: matrix(new Float32Array([1, 0, 0, 1, 1, 0.1]), 3, 2),
      columns: { year: Float64Array.of(2019, 2020, 2021) },
    };
    const { index } = await ivf(own, { lists: 2 });
    const where = { kind: 'compare', column: 'year', operator: '>=', value: 2020 } as const;
    const { rows } = await ivf.search(index, { points: [[1, 0]] }, { k: 2, where });
    expect([...rows].join(' ')).toBe('2 1');
  });

  test.each(['cosine', 'dot', 'euclidean'] as const)(
    '%s: all lists hold what exact search finds, with and without a filter',
    async (similarity) => {
      const scaled = matrix(
        points.data.map((x, e) => x * (1 + (Math.floor(e / 6) % 5))),
        N,
        6,
      );
      const { index } = await ivf({ points: scaled, columns }, { similarity });
      const { index: all } = await exact({ points: scaled }, { similarity });
      const filter = 'year >= 2000 and topic = "physics"';
      const most = ivf.effort?.most(index);
      const plain = await ivf.search(index, queries, { k: 7, effort: most });
      expect(plain.exact).toBe(true);
      expect(plain.rows).toEqual((await exact.search(all, queries, { k: 7 })).rows);
      const where = parseFilter(filter);
      const allowed = allowedBy(filter);
      const wanted = await exact.search(all, queries, { k: 7, allowed });
      for (const request of [{ effort: most }, { exactly: true }]) {
        const found = await ivf.search(index, queries, { k: 7, where, ...request });
        expect(found.rows).toEqual(wanted.rows);
        expect(found.scanned).toEqual(wanted.scanned);
        expect(found.exact).toBe(true);
        expect(await ivf.search(index, queries, { k: 7, allowed, ...request })).toMatchObject({
          rows: wanted.rows,
          scores: found.scores,
        });
      }
    },
  );

  test.each(['cosine', 'dot', 'euclidean'] as const)(
    '%s: many queries find at once what each finds alone, to the bit, of rows that nearly tie',
    async (similarity) => {
      // Rows 2^-22 apart: float32 products cannot tell them from one another.
      const close = matrix(
        points.data.map((_, e) => points.data[e % 48] * (1 + (e % 7) * 2 ** -22)),
        N,
        6,
      );
      const { index } = await ivf({ points: close }, { similarity, lists: 5 });
      const together = await ivf.search(index, queries, { k: 20, exactly: true });
      for (let q = 0; q < 9; q++) {
        const own = matrix(queries.points.data.slice(6 * q, 6 * q + 6), 1, 6);
        const alone = await ivf.search(index, { points: own }, { k: 20, exactly: true });
        expect(together.rows.subarray(20 * q, 20 * q + 20)).toEqual(alone.rows);
        expect(together.scores.subarray(20 * q, 20 * q + 20)).toEqual(alone.scores);
      }
    },
  );

  test('a condition and a list of rows hold together', async () => {
    const { index } = await ivf({ points, columns });
    const where = parseFilter('topic = "math"');
    const allowed = Uint8Array.from({ length: N }, (_, i) => (i < 300 ? 1 : 0));
    const { rows } = await ivf.search(index, queries, { k: 20, where, allowed });
    for (const row of rows) expect(row < 300 && columns.topic[row] === 'math').toBe(true);
  });

  test('k rows where k pass, with the least effort, whatever the filter', async () => {
    const { index } = await ivf({ points, columns }, { lists: 60 });
    for (const text of ['year = 2001', 'year = 2001 and topic = "math"', 'topic is missing']) {
      const passing = allowedBy(text).filter((own) => own === 1).length;
      const where = parseFilter(text);
      const found = await ivf.search(index, queries, { k: 5, where, effort: 1 });
      const count = found.rows.filter((row) => row >= 0).length;
      expect(count).toBe(9 * Math.min(5, passing));
    }
  });

  test('a query that probed all lists for want of rows is exact, and says so', async () => {
    const { index } = await ivf({ points, columns }, { lists: 40 });
    const where = parseFilter('year = 2001 and topic = "math"');
    const found = await ivf.search(index, queries, { k: 50, where, effort: 1 });
    expect([...(found.exactFor ?? [])]).toEqual(new Array(9).fill(1));
    expect([found.exact, ...(found.recall ?? [])]).toEqual([true, ...new Array(9).fill(1)]);
  });

  test('the expected recall is what is found, of rows drawn like those of the build', async () => {
    const many = uniformPoints(4000, 6, Random.fromSeed(8));
    const asked = { points: uniformPoints(200, 6, Random.fromSeed(9)) };
    const column = { u: Float64Array.from({ length: 4000 }, (_, i) => ((i * 7919) % 4000) / 4000) };
    const { index } = await ivf({ points: many, columns: column });
    for (const [where, effort] of [
      [undefined, 3],
      [undefined, undefined],
      [parseFilter('u < 0.1'), undefined],
      [parseFilter('u < 0.1'), 12],
    ] as const) {
      const found = await ivf.search(index, asked, { k: 10, where, effort });
      const truth = await ivf.search(index, asked, { k: 10, where, exactly: true });
      const shared = truth.rows.filter((row, at) => {
        const q = Math.floor(at / 10);
        return found.rows.subarray(q * 10, q * 10 + 10).includes(row);
      }).length;
      const expected = meanOf(found.recall ?? []);
      // 100 queries of the build and 200 here, each of ten rows: a standard error of about 0.02.
      expect(Math.abs(shared / 2000 - expected)).toBeLessThan(0.06);
      if (effort === undefined) expect(expected).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('a filter that lets pass what is far is met by more lists than one that lets pass what is near', async () => {
    const many = uniformPoints(3000, 6, Random.fromSeed(8));
    const first = Float64Array.from({ length: 3000 }, (_, i) => many.data[i * 6]);
    const { index } = await ivf({ points: many, columns: { first } });
    const pole = { points: [[1, 0, 0, 0, 0, 0]] };
    const bytes = async (text: string) => {
      const found = await ivf.search(index, pole, { k: 10, where: parseFilter(text) });
      const truth = await ivf.search(index, pole, {
        k: 10,
        where: parseFilter(text),
        exactly: true,
      });
      expect(found.rows.filter((row) => truth.rows.includes(row)).length).toBeGreaterThan(8);
      return found.bytesRead?.[0] ?? 0;
    };
    expect(await bytes('first > 0.5')).toBeLessThan((await bytes('first < -0.5')) / 2);
  });

  test('from a file it reads what it says: the columns asked, then the vectors that pass', async () => {
    const file = await inFile((await ivf({ points, columns })).index);
    const { arrays } = file;
    const where = parseFilter('year < 2000');
    const once = await ivf.search(file, { points: [[1, 0, 0, 0, 0, 0]] }, { k: 3, where });
    const lists = file.settings['lists'] as number;
    const sample = file.settings['sample'] as number;
    const resident = (lists + sample) * 6 * 4 + (lists + 1) * 4;
    expect(arrays.bytesRead - resident).toBe(once.bytesRead?.[0]);
    expect(once.bytesRead?.[0]).toBeLessThan((N * (6 * 4 + 8 + 4)) / 2);
    const none = await ivf.search(file, queries, { k: 3, where: parseFilter('year < 1900') });
    // Of all lists the column, and nothing else.
    expect([...(none.bytesRead ?? [])]).toEqual(new Array(9).fill(8 * N));
    expect([...none.scanned]).toEqual(new Array(9).fill(0));
    await arrays.close();
  });

  test('the forecast of all lists is an exact scan, and of a few what those hold', async () => {
    const { index } = await ivf({ points, columns });
    const most = ivf.effort?.most(index) ?? 0;
    const overhead = most + Number(index.settings['sample']);
    expect(ivf.forecast?.(index, { k: 5, share: 0.1, effort: most })).toEqual({
      scanned: expect.closeTo(0.1 * N, 9),
      filtered: N,
      overhead,
      recall: 1,
    });
    expect(ivf.forecast?.(index, { k: 5, share: 0 })).toMatchObject({ scanned: 0, recall: 1 });
    const some = ivf.forecast?.(index, { k: 5, share: 1 });
    const { scanned } = await ivf.search(index, { points }, { k: 5 });
    // The forecast is the mean over 100 of the 600 rows.
    expect(Math.abs((some?.scanned ?? 0) / meanOf(scanned) - 1)).toBeLessThan(0.1);
  });

  test('copies of one row make one list, and say so', async () => {
    const same = matrix(new Float32Array(40).fill(1), 20, 2);
    const { index, facts, warnings } = await ivf({ points: same }, { lists: 4 });
    expect(facts['lists']).toBe(1);
    expect(warnings).toEqual(['Only 1 of 4 lists were made: no more rows of the sample differ.']);
    const { rows } = await ivf.search(index, { points: [[1, 1]] }, { k: 3 });
    expect([...rows]).toEqual([0, 1, 2]);
  });

  test('one row, and rows of zeros', async () => {
    const { index } = await ivf({ points: [[0, 0]] });
    const { rows, exact: isExact } = await ivf.search(index, { points: [[1, 2]] }, { k: 2 });
    expect([[...rows], isExact]).toEqual([[0, -1], true]);
  });

  test('a column that is not there is refused with those that are', async () => {
    const { index } = await ivf({ points, columns });
    const where = parseFilter('yaer = 1');
    await expect(ivf.search(index, queries, { k: 1, where })).rejects.toThrow(
      'filter: "yaer" at character 1 is no column; the columns are "year", "topic".',
    );
    await expect(
      exact.search((await exact({ points })).index, queries, { k: 1, where }),
    ).rejects.toThrow('exact: option "where" must be left out');
  });
});
