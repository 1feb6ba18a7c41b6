import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { info, read, readBlocks, type VectorTable, write } from '../../io/index.ts';
import { startPostgres } from '../../testing/postgres.ts';
import {
  missingServer,
  missingVectors,
  startPostgresServer,
} from '../../testing/postgres-server.ts';
import { askedSql } from '../../testing/sql.ts';
import { postgres } from './postgres.ts';

const places = [postgres()];
const N = 300;
const D = 5;

/** Rows with labels, numbers with gaps, and texts that SQL would have to quote. */
function rows(n = N, d = D): VectorTable {
  const data = Float32Array.from({ length: n * d }, (_, i) => Math.fround(Math.sin(i)) || 1);
  return {
    points: { data, rows: n, cols: d },
    labels: Array.from({ length: n }, (_, i) => `ünit "${i}" it's`),
    columns: {
      year: Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : 1900 + i / 4)),
      note: Array.from({ length: n }, (_, i) => (i % 5 === 0 ? '' : `a\tb\\N\n${i}`)),
    },
  };
}

const negated = (table: VectorTable): VectorTable => ({
  ...table,
  points: { ...table.points, data: table.points.data.map((x) => -x) },
});

/** Said of many numbers at once. */
const sameBytes = (a: Float32Array, b: Float32Array) =>
  a.length === b.length && a.every((x, i) => x === b[i]);

interface Server {
  readonly address: string;
  stop(): Promise<void>;
}

const missing = missingServer();
const servers = [
  { name: 'PGlite', type: 'vector', skip: '', start: startPostgres as () => Promise<Server> },
  { name: 'a real server', type: 'real[]', skip: missing, start: startPostgresServer },
  { name: 'pgvector there', type: 'vector', skip: missingVectors(), start: startPostgresServer },
];

describe.each(servers)('PostgreSQL: $name', ({ type, skip, start }) => {
  let server: Server;
  let count = 0;
  const fresh = () => `t ${++count} "it's"`;
  const at = (table: string, more = '') =>
    `${server.address}?table=${encodeURIComponent(table)}${more}`;
  const sql = (text: string, values?: readonly unknown[]) => askedSql(server.address, text, values);
  const put = (table: string, given: VectorTable, more = '') =>
    write(at(table, `&type=${type}${more}`), given, { places });

  beforeAll(async () => {
    if (skip) return;
    server = await start();
    if (type === 'vector') await sql('CREATE EXTENSION IF NOT EXISTS vector');
  }, 120_000);
  afterAll(() => server?.stop());

  describe.skipIf(skip)(skip ? `skipped: ${skip}` : 'tables', () => {
    test('what is written comes back: vectors to the bit, labels, numbers and texts with their gaps', async () => {
      const table = fresh();
      const given = rows();
      const done = await put(table, given);
      expect(done).toMatchObject({ format: 'postgres', rows: N, cols: D, dropped: [] });
      const back = await read(at(table), { places });
      expect(back.points.data).toEqual(given.points.data);
      expect(back.labels).toEqual(given.labels);
      expect(back.columns).toEqual({
        id: Float64Array.from({ length: N }, (_, i) => i),
        ...given.columns,
      });
      expect(await info(at(table), { places })).toMatchObject({
        format: 'postgres',
        rows: N,
        cols: D,
        vector: 'embedding',
        labels: 'label',
        columns: ['id', 'year', 'note'],
      });
    });

    test('blocks of any size are the same rows, and a reader may stop in the middle', async () => {
      const table = fresh();
      const given = rows();
      await put(table, given);
      for (const size of [1, 7, N - 1, N, 5 * N]) {
        const parts: number[] = [];
        for await (const block of readBlocks(at(table), size, { places }))
          parts.push(...block.points.data);
        expect(parts).toEqual(Array.from(given.points.data));
      }
      for await (const block of readBlocks(at(table), 2, { places })) {
        expect(block.points.rows).toBe(2);
        break;
      }
    });

    test('vectors of a table that is there change by their id, and nothing else does', async () => {
      const table = fresh();
      const name = `"${table.replaceAll('"', '""')}"`;
      const column = type === 'vector' ? `vector(${D})` : 'real[]';
      await sql(`CREATE TABLE ${name} (day date NOT NULL DEFAULT now(), v ${column}, key serial PRIMARY KEY,
        price numeric(30, 20), tags jsonb, code varchar(9) UNIQUE, small smallint CHECK (small < 999), twice int GENERATED ALWAYS AS (small * 2) STORED)`);
      const open = type === 'vector' ? '[' : '{';
      const close = type === 'vector' ? ']' : '}';
      await sql(
        `INSERT INTO ${name} (v, price, tags, code, small) SELECT ('${open}' || i || ',2,3,4,5${close}')::${column}, i + 0.12345678901234567890, json_build_object('i', i), 'c' || i, i FROM generate_series(200, 1, -1) AS i`,
      );
      await sql(`CREATE INDEX "by ""day" ON ${name} (day) WHERE small > 3`);
      await sql(`COMMENT ON TABLE ${name} IS 'it''s ours'`);
      await sql(`GRANT SELECT ON ${name} TO PUBLIC`);
      const facts = `SELECT day::text, key, price::text, tags::text, code, small, twice FROM ${name} ORDER BY key`;
      const shape = async () => [
        await sql(
          'SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull, pg_get_expr(d.adbin, d.adrelid) AS def FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY attnum',
          [name],
        ),
        await sql('SELECT indexdef FROM pg_indexes WHERE tablename = $1 ORDER BY 1', [table]),
        await sql(
          "SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype <> 'n' ORDER BY 1",
          [name],
        ),
        await sql(
          'SELECT relacl::text AS acl, obj_description(oid) AS comment, pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = to_regclass($1)',
          [name],
        ),
      ];
      const before = [await sql(facts), await shape()];
      const given = await read(at(table), { places });
      expect(given.columns?.['code']?.[0]).toBe('c200');
      expect(given.points.data.slice(0, 2)).toEqual(Float32Array.of(200, 2));
      // Rows are told apart by their id, in whatever order they come.
      const turned = {
        points: {
          ...given.points,
          data: given.points.data.map((_, i, all) => -all[all.length - 1 - i]),
        },
        columns: { key: Float64Array.from({ length: 200 }, (_, i) => 200 - i) },
      };
      await write(at(table), turned, { places });
      expect([await sql(facts), await shape()]).toEqual(before);
      const after = await read(at(table), { places });
      expect(after.points.data.slice(0, D)).toEqual(
        Float32Array.of(-200, -2, -3, -4, -5).map((_, j) => -given.points.data[D - 1 - j]),
      );
      // The sequence goes on, and belongs to the column.
      await sql(`INSERT INTO ${name} (v, code) VALUES ('${open}1,2,3,4,5${close}', 'new')`);
      expect((await sql(`SELECT max(key) AS key FROM ${name}`))[0]['key']).toBe(201);
    });

    test('a column of pgvector or of PostgreSQL keeps its type from table to table', async () => {
      const [from, to] = [fresh(), fresh()];
      const name = `"${from.replaceAll('"', '""')}"`;
      await sql(
        `CREATE TABLE ${name} (id uuid PRIMARY KEY, v real[], day date, ok boolean, big bigint, n numeric(9, 2), at timestamptz)`,
      );
      await sql(`INSERT INTO ${name} VALUES ('7d444840-9dc0-11d1-b245-5ffdce74fad2', '{1,2}', '2020-02-03', true, 9007199254740993, 1.25, '2020-01-01 00:00:00+00'),
        ('0d444840-9dc0-11d1-b245-5ffdce74fad2', '{3,4}', NULL, false, NULL, NULL, NULL)`);
      const given = await read(at(from), { places });
      expect(given.points.data).toEqual(Float32Array.of(3, 4, 1, 2));
      expect(given.columns?.['big']).toEqual(['', '9007199254740993']);
      expect(given.columns?.['ok']).toEqual(['false', 'true']);
      await put(to, given, '&vector=v');
      const types = (table: string) =>
        sql(
          "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND attname <> 'v' ORDER BY attname",
          [`"${table.replaceAll('"', '""')}"`],
        );
      expect(await types(to)).toEqual(await types(from));
      expect((await read(at(to), { places })).columns).toEqual(given.columns);
    });

    test('rows without a vector are named, left out when asked, and kept as they are', async () => {
      const table = fresh();
      await put(table, rows(9));
      await sql(`UPDATE "${table.replaceAll('"', '""')}" SET embedding = NULL WHERE id IN (4, 6)`);
      await expect(read(at(table), { places })).rejects.toThrow(
        '2 rows of 9 have no vector (NULL), the first with id 4; &null=skip leaves them out.',
      );
      const some = await read(at(table, '&null=skip'), { places });
      expect(some.columns?.['id']).toEqual(Float64Array.of(0, 1, 2, 3, 5, 7, 8));
      await write(at(table), negated(some), { places });
      expect((await read(at(table, '&null=skip'), { places })).points.data).toEqual(
        negated(some).points.data,
      );
      expect(await sql(`SELECT count(*)::int AS n FROM "${table.replaceAll('"', '""')}"`)).toEqual([
        { n: 9 },
      ]);
    });

    test('rows that are not those of the table are refused, and nothing is changed', async () => {
      const table = fresh();
      const given = rows(20);
      await put(table, given);
      const back = await read(at(table), { places });
      const refusal = async (changed: VectorTable, sentence: string) => {
        await expect(write(at(table), changed, { places })).rejects.toThrow(sentence);
        expect((await read(at(table), { places })).points.data).toEqual(given.points.data);
      };
      const shifted = Float64Array.from({ length: 20 }, (_, i) => i + 1);
      await refusal(
        { ...negated(back), columns: { id: shifted } },
        '1 row of 20 is not in the table',
      );
      await refusal(
        { ...negated(rows(19)), columns: { id: shifted.map((x) => x - 1).slice(0, 19) } },
        '1 row of the table',
      );
      await refusal(negated(given), 'have no column "id" to be told apart by');
      if (type === 'vector')
        await refusal(
          rows(20, 4),
          'the vectors have 4 numbers, and "embedding" of the table is vector(5)',
        );
      const twice = Float64Array.from({ length: 20 }, () => 1);
      await refusal({ ...negated(back), columns: { id: twice } }, 'PostgreSQL says: duplicate key');
    });

    test('what hangs on a table and would be lost is named before anything is computed', async () => {
      const table = fresh();
      await put(table, rows(3));
      const name = `"${table.replaceAll('"', '""')}"`;
      await sql(`CREATE VIEW seen_${count} AS SELECT id FROM ${name}`);
      const [place] = places;
      await expect(place.claim(at(table))).rejects.toThrow(
        `the table can’t be written anew (the view seen_${count}); write the vectors into a table of their own.`,
      );
      await sql(`DROP VIEW seen_${count}`);
      await sql(`CREATE TABLE child_${count} (of bigint REFERENCES ${name})`);
      await expect(place.claim(at(table, '&replace=true'))).rejects.toThrow(
        `of child_${count}); write`,
      );
      await sql(`DROP TABLE child_${count}`);
      await place.claim(at(table));
      // A view is read all the same.
      await sql(`CREATE VIEW seen_${count} AS SELECT * FROM ${name} WHERE id > 0`);
      expect((await info(at(`seen_${count}`, '&id=id'), { places })).rows).toBe(2);
    });

    test.runIf(type === 'vector')(
      'half and sparse vectors are written, read, and keep their type when they change',
      async () => {
        for (const [kind, dtype] of [
          ['halfvec', 'f2'],
          ['sparsevec', undefined],
        ] as const) {
          const table = fresh();
          const given = rows(12);
          const chosen = dtype ? '' : `&type=${kind}`;
          await write(at(table, chosen), given, { places, dtype });
          const back = await read(at(table), { places });
          expect(back.source?.types?.['embedding']).toBe(`${kind}(${D})`);
          const digits = dtype ? 3 : 7;
          for (const [i, x] of back.points.data.entries())
            expect(x).toBeCloseTo(given.points.data[i], digits);
          await write(at(table), negated(back), { places });
          const after = await read(at(table), { places });
          expect(after.points.data).toEqual(negated(back).points.data);
          expect(after.source?.types).toEqual(back.source?.types);
        }
      },
    );

    test('a new table in the place of the old one, when it is whole', async () => {
      const table = fresh();
      await put(table, rows(30));
      const done = await put(table, rows(10, 3), '&replace=true');
      expect(done.remarks?.[0]).toMatch(/the old table made way/);
      expect((await read(at(table), { places })).points).toMatchObject({ rows: 10, cols: 3 });
    });

    test('wrong addresses, tables and columns get a sentence without the password', async () => {
      const table = fresh();
      await put(table, rows(4));
      const cases: [string, string | RegExp][] = [
        [server.address, 'the address names no table: add ?table=NAME.'],
        [at('none'), 'there is no table "none" in postgres.'],
        [at('public.none'), 'is ?schema=public&table=none'],
        [
          at(table, '&vector=x'),
          'there is no column "x"; the columns are id, label, year, note, embedding.',
        ],
        [at(table, '&vector=note'), 'the column "note" is text; expected vector'],
        [at(table, '&id=x'), 'there is no column "x"'],
        [at(table, '&label=x'), 'there is no column "x"'],
        [at(table, '&tabel=x'), 'the address has tabel=, which is none of'],
        [at(table, '&null=yes'), 'the address has null=yes; expected skip.'],
        [at(table).replace(/:\d+\//, ':1/'), /cannot connect to 127\.0\.0\.1:1: .*ECONNREFUSED/],
      ];
      for (const [address, sentence] of cases) {
        const error = await read(address, { places }).catch((cause: Error) => cause);
        expect((error as Error).message).toMatch(sentence);
        expect((error as Error).message).not.toMatch(/secret|geheim/);
      }
      await expect(read([at(table), 'x.npy'], { places })).rejects.toThrow(
        'a table of a database is read alone, without other files.',
      );
      await expect(read(at(table))).rejects.toThrow('are reached by the option places');
    });
  });
});

describe.skipIf(missing)(`a real server${missing && ` (skipped: ${missing})`}`, () => {
  test('a wrong password, and none, are named and not shown', async () => {
    const server = await startPostgresServer();
    try {
      const wrong = `${server.address.replace(/:[^:@]*@/, ':falsch@')}?table=t`;
      await expect(read(wrong, { places })).rejects.toThrow(
        /^postgres:\/\/me@127\.0\.0\.1:\d+\/postgres\?table=t: cannot connect to 127\.0\.0\.1:\d+: password authentication failed for user "me"\.$/,
      );
      const none = `${server.address.replace(/:[^:@]*@/, '@')}?table=other`;
      await expect(read(none, { places })).rejects.toThrow('wants a password and none was given');
    } finally {
      await server.stop();
    }
  }, 60_000);

  test('a server that ends in the middle of reading or writing is named, and the old rows are whole', async () => {
    const server = await startPostgresServer();
    const end = () =>
      askedSql(
        server.address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
      );
    try {
      const [place] = places;
      const at = `${server.address}?table=t`;
      const given = rows(40_000, 16);
      await write(`${at}&type=real[]`, given, { places });
      const reading = async () => {
        for await (const block of readBlocks(at, 1000, { places }))
          if (block.points.rows > 0) await end();
      };
      await expect(reading()).rejects.toThrow(
        /: the server is gone \(.*\); nothing was changed\.$/,
      );
      const back = await read(at, { places });
      for (const address of [at, `${at}&replace=true&type=real[]`]) {
        const output = await place.create(address, { rows: 40_000, cols: 16 });
        await output.append(negated(back));
        await end();
        const failed = (async () => {
          await output.append(negated(back));
          await output.finish();
        })();
        await expect(failed).rejects.toThrow(/the server is gone|terminating connection/);
        await output.discard();
        expect(sameBytes((await read(at, { places })).points.data, given.points.data)).toBe(true);
      }
    } finally {
      await server.stop();
    }
  }, 120_000);
});
