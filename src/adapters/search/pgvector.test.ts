import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAdapterLaws } from '../../testing/adapter-laws.ts';
import { type Postgres, startPostgres } from '../../testing/postgres.ts';
import { pgvector } from './pgvector.ts';

let postgres: Postgres;
let tables = 0;
const at = () => ({ place: postgres.address, table: `it's "${++tables}"` });
const tableNames = async () => {
  const { rows } = await postgres.database.query<{ relname: string }>(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  return rows.map((row) => row.relname);
};

beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

describe('pgvector', () => {
  describeAdapterLaws(pgvector, at);

  test('a table that is there stays as it is, and what fails leaves none', async () => {
    const place = at();
    await (await pgvector.build({ points: [[1, 0]] }, place)).close();
    await expect(pgvector.build({ points: [[0, 1]] }, place)).rejects.toThrow(
      `pgvector: the table "${place.table}" is there already: name another with --table.`,
    );
    const rows = await pgvector.open(place);
    expect((await rows.query([[1, 0]]))[0].scores[0]).toBeCloseTo(1, 6);
    await rows.close();

    const other = at();
    const long = 'x'.repeat(64);
    await expect(
      pgvector.build({ points: [[1]], columns: { [long]: ['a'] } }, other),
    ).rejects.toThrow(`a name has 63 bytes at most there; "${long}" has more.`);
    await expect(
      pgvector.build({ points: [new Float32Array(2001).fill(1)] }, { ...other, index: 'graph' }),
    ).rejects.toThrow('its indexes take 2000 dimensions at most; the rows have 2001');
    await expect(
      pgvector.build({ points: [new Float32Array(16_001).fill(1)] }, other),
    ).rejects.toThrow(/^pgvector: PostgreSQL says: .*16000.*\.$/);
    expect(await tableNames()).not.toContain(other.table);
  });

  test('a graph goes on until k rows pass, and its effort is that of pgvector', async () => {
    const place = { ...at(), index: 'graph' as const };
    const n = 600;
    const points = Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(i), i / n]);
    const columns = { part: Float64Array.from({ length: n }, (_, i) => i % 50) };
    const rows = await pgvector.build({ points, columns }, place);
    for (const own of await rows.query(points.slice(0, 3), { k: 12, where: 'part = 7', effort: 1 }))
      expect(own.rows.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 12 }, (_, i) => 7 + 50 * i),
      );
    await expect(rows.query([[1, 0, 0]], { effort: 5000 })).rejects.toThrow(
      /^pgvector: PostgreSQL says: .*hnsw.ef_search.*\.$/,
    );
    // What fails leaves the connection usable.
    expect(await rows.query([[1, 0, 0]])).toHaveLength(1);
    await rows.close();
  });

  test('tables of others: halfvec, columns of their types, rows without a vector or a direction', async () => {
    await postgres.database.exec(`
      CREATE TABLE theirs (id int PRIMARY KEY, embedding halfvec(2), year int, note varchar(9), day date);
      INSERT INTO theirs VALUES (5, '[1,0]', 2000, 'a', now()), (9, '[0,2]', 2001, NULL, NULL),
        (12, NULL, 2002, 'c', NULL), (13, '[0,0]', 2003, 'd', NULL), (14, '[-1,0]', NULL, 'e', NULL);
      COMMENT ON TABLE theirs IS 'ours, not yours';`);
    const rows = await pgvector.open({ place: postgres.address, table: 'theirs' });
    expect(rows).toMatchObject({ n: 4, d: 2, similarity: 'cosine', index: 'exact' });
    expect(rows.columns).toEqual(['id', 'year', 'note']);
    const [own] = await rows.query([[1, 1]]);
    expect(own).toEqual({
      rows: [5, 9, 13, 14],
      scores: [
        expect.closeTo(Math.SQRT1_2, 6),
        expect.closeTo(Math.SQRT1_2, 6),
        0,
        expect.closeTo(-Math.SQRT1_2, 6),
      ],
      exact: true,
      estimatedRecall: 1,
      scanned: 4,
      reason: 'there are 4 rows.',
    });
    const [some] = await rows.query([[1, 1]], { where: 'year >= 2001 and note is missing' });
    expect(some.rows).toEqual([9]);
    const [named] = await rows.query([[1, 1]], { where: 'id in (5, 12)' });
    expect(named.rows).toEqual([5]);
    await rows.close();
  });

  test('a table that holds no vectors, and an address that is none, are refused', async () => {
    await postgres.database.exec('CREATE TABLE plain (id text, body text)');
    await expect(pgvector.open({ place: postgres.address, table: 'plain' })).rejects.toThrow(
      'the table "plain" must have an id of whole numbers and an embedding of vector(d) or halfvec(d); its columns are id text, body text.',
    );
    await expect(pgvector.open({ place: 'mysql://me:secret@x' })).rejects.toThrow(
      'pgvector: expected an address like postgres://user@host/database; got "mysql://…@x".',
    );
  });

  test('a server that does not answer is named without the password', async () => {
    const closed = 'postgres://someone:secret@127.0.0.1:1/none';
    const error = await pgvector.open({ place: closed }).catch((cause: Error) => cause);
    expect((error as Error).message).toMatch(
      /^pgvector: cannot connect to 127\.0\.0\.1:1: .*ECONNREFUSED.*\.$/,
    );
    expect((error as Error).message).not.toContain('secret');
  });
});
