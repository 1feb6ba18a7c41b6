import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { info, read, readBlocks, type VectorTable, write } from '../../io/index.ts';
import { loadPeer, missingPeer } from '../../testing/peers.ts';
import { lance } from './lance.ts';

const missing = missingPeer('@lancedb/lancedb');
const places = [lance(loadPeer)];
const N = 300;
const D = 5;
const fresh = () => `lance://${mkdtempSync(join(tmpdir(), 'tammes-lance-'))}/docs`;

function rows(n = N, d = D): VectorTable {
  const data = Float32Array.from({ length: n * d }, (_, i) => Math.fround(Math.sin(i)) || 1);
  return {
    points: { data, rows: n, cols: d },
    labels: Array.from({ length: n }, (_, i) => `ünit ${i}`),
    columns: {
      year: Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : 1900 + i / 4)),
      note: Array.from({ length: n }, (_, i) => (i % 5 === 0 ? '' : `it's "${i}"`)),
    },
  };
}

const negated = (table: VectorTable): VectorTable => ({
  ...table,
  points: { ...table.points, data: table.points.data.map((x) => -x) },
});

interface LanceDb {
  connect(folder: string): Promise<{
    createTable(name: string, data: unknown): Promise<unknown>;
    openTable(name: string): Promise<{
      schema(): Promise<{ readonly fields: readonly unknown[] }>;
      query(): { toArray(): Promise<readonly Record<string, unknown>[]> };
    }>;
    close(): void;
  }>;
  makeArrowTable(rows: readonly object[]): unknown;
}

describe.skipIf(missing)(`LanceDB${missing && ` (skipped: ${missing})`}`, () => {
  test('what is written comes back: vectors to the bit, labels, numbers and texts with their gaps', async () => {
    const at = fresh();
    const given = rows();
    expect(await write(at, given, { places })).toMatchObject({ format: 'lance', rows: N, cols: D });
    const back = await read(at, { places });
    expect(back.points.data).toEqual(given.points.data);
    expect(back.labels).toEqual(given.labels);
    expect(back.columns).toEqual({
      id: Float64Array.from({ length: N }, (_, i) => i),
      ...given.columns,
    });
    // The folder alone stands for its only table.
    expect(await info(at.replace(/\/docs$/, ''), { places })).toMatchObject({
      format: 'lance',
      rows: N,
      cols: D,
      vector: 'vector',
      columns: ['id', 'year', 'note'],
    });
  });

  test('blocks of any size are the same rows, and a reader may stop in the middle', async () => {
    const at = fresh();
    const given = rows(5000);
    await write(at, given, { places });
    for (const size of [7, 1024, 4999, 20_000]) {
      const parts: number[] = [];
      for await (const block of readBlocks(at, size, { places })) parts.push(...block.points.data);
      expect(parts).toEqual(Array.from(given.points.data));
    }
    for await (const block of readBlocks(at, 2, { places })) {
      expect(block.points.rows).toBe(2);
      break;
    }
  });

  test('new vectors are a version: other columns stay as they are, and the old rows can be read', async () => {
    const at = fresh();
    const folder = at.slice('lance://'.length, -'/docs'.length);
    const { connect, makeArrowTable } = (await loadPeer('@lancedb/lancedb')) as LanceDb;
    const database = await connect(folder);
    const theirs = Array.from({ length: 40 }, (_, i) => ({
      id: `k${39 - i}`,
      vector: [i, 1, 2],
      tags: ['a', `b${i}`],
      ok: i % 2 === 0,
    }));
    await database.createTable('docs', makeArrowTable(theirs));
    const facts = async () => {
      const table = await database.openTable('docs');
      const found = await table.query().toArray();
      return [
        String((await table.schema()).fields.map(String)),
        JSON.stringify(found.map((own) => ({ ...own, vector: undefined }))),
      ];
    };
    const before = await facts();
    const given = await read(at, { places });
    expect(given.columns?.['ok']?.slice(0, 2)).toEqual(['true', 'false']);
    // In another order, told apart by their id.
    const turned: VectorTable = {
      points: {
        ...given.points,
        data: Float32Array.from({ length: 120 }, (_, i) => Math.floor(i / 3) + 100),
      },
      columns: { id: Array.from({ length: 40 }, (_, i) => `k${i}`) },
    };
    const { remarks } = await write(at, turned, { places });
    expect(remarks?.[0]).toMatch(
      /: version 2; the old rows are version 1 \(\?version=1 reads it\)\.$/,
    );
    expect(await facts()).toEqual(before);
    const after = await read(at, { places });
    expect(after.points.data.slice(0, 3)).toEqual(Float32Array.of(139, 139, 139));
    expect((await read(`${at}?version=1`, { places })).points.data).toEqual(given.points.data);
    database.close();
  });

  test('half precision, and a new table in the place of the old one', async () => {
    const at = fresh();
    await write(at, rows(10), { places, dtype: 'f2' });
    expect(await info(at, { places })).toMatchObject({ rows: 10, dtype: 'f2' });
    const half = await read(at, { places });
    expect(half.points.data[1]).toBeCloseTo(rows(10).points.data[1], 3);
    await write(at, negated(half), { places });
    expect((await read(at, { places })).points.data).toEqual(negated(half).points.data);
    const { remarks } = await write(`${at}?replace=true`, rows(4, 2), { places });
    expect(remarks?.[0]).toMatch(/version 3; the old rows are version 2/);
    expect((await read(at, { places })).points).toMatchObject({ rows: 4, cols: 2 });
  });

  test('rows that are not those of the table are refused, and nothing is changed', async () => {
    const at = fresh();
    const given = rows(20);
    await write(at, given, { places });
    const back = await read(at, { places });
    const refusal = async (changed: VectorTable, sentence: string) => {
      await expect(write(at, changed, { places })).rejects.toThrow(sentence);
      expect((await read(at, { places })).points.data).toEqual(given.points.data);
    };
    const shifted = Float64Array.from({ length: 20 }, (_, i) => i + 1);
    await refusal(
      { ...negated(back), columns: { id: shifted } },
      'row 0 of the table (id 0) is not among those that came; nothing was changed.',
    );
    await refusal(rows(19), 'have no column "id" to be told apart by');
    await refusal(
      { ...rows(19), columns: { id: shifted.slice(0, 19) } },
      'the table has 20 rows, and 19 came; nothing was changed.',
    );
    await refusal(
      { ...rows(20, 4), columns: { id: shifted } },
      'the vectors have 4 numbers, and "vector" of the table 5',
    );
  });

  test('wrong addresses, tables and columns get a sentence, and looking makes no folder', async () => {
    const at = fresh();
    await write(at, rows(3), { places });
    const cases: [string, string][] = [
      [at.replace('docs', 'none'), 'there is no table "none" in '],
      [at.replace('/docs', '/none/none'), 'there is no table "none" in '],
      [`${at}?vector=x`, 'there is no column "x"; the columns are id, vector, label, year, note.'],
      [`${at}?vector=year`, 'the column "year" is Float64; expected a list of fixed size'],
      [`${at}?vectr=x`, 'the address has vectr=, which is none of'],
      [`${at}?version=99`, 'LanceDB says: '],
      ['lance://', 'the address names no folder'],
    ];
    for (const [address, sentence] of cases)
      await expect(read(address, { places })).rejects.toThrow(sentence);
    expect(existsSync(at.slice('lance://'.length).replace('/docs', '/none'))).toBe(false);
    await expect(write(`${at}?version=1`, rows(3), { places })).rejects.toThrow(
      'versions are read, not written',
    );
  });
});

test('a package that is missing is named with the way to get it', async () => {
  const none = lance(async (name) => {
    throw Object.assign(new Error(`Cannot find package '${name}'`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });
  await expect(read('lance://x/y', { places: [none] })).rejects.toThrow(
    'lance://x/y: the package @lancedb/lancedb is not installed: npm install @lancedb/lancedb.',
  );
});
