import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { info, read, readBlocks, type VectorTable, write } from '../../io/index.ts';
import { type QdrantServer, qdrantServer } from '../../testing/qdrant/server.ts';
import { qdrant } from './qdrant.ts';

const places = [qdrant()];
const N = 300;
const D = 5;
let server: QdrantServer;
beforeEach(async () => {
  vi.stubEnv('QDRANT_API_KEY', '');
  server = await qdrantServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  // Whatever was sent and answered is as Qdrant's published API says.
  expect(server.violations).toEqual([]);
  await server[Symbol.asyncDispose]();
});

const at = (collection: string, more = '') =>
  `${server.address}/${encodeURIComponent(collection)}${more}`;
const EUCLID = '?distance=euclid';

function rows(n = N, d = D): VectorTable {
  const data = Float32Array.from({ length: n * d }, (_, i) => Math.fround(Math.sin(i)) || 1);
  return {
    points: { data, rows: n, cols: d },
    labels: Array.from({ length: n }, (_, i) => `ünit "${i}"\n`),
    columns: {
      year: Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : 1900 + i / 4)),
      note: Array.from({ length: n }, (_, i) => (i % 5 === 0 ? '' : `]},{"${i}\\`)),
    },
  };
}

const negated = (table: VectorTable): VectorTable => ({
  ...table,
  points: { ...table.points, data: table.points.data.map((x) => -x) },
});

/** A collection that others made, behind an alias. */
function theirs(
  points: readonly object[],
  made: object = { vectors: { size: 2, distance: 'Dot' } },
) {
  server.collections.set('old', { made: made as never, points: new Map(), indexes: {} });
  server.aliases.set('docs', 'old');
  for (const point of points as { id: number }[])
    server.collections.get('old')?.points.set(point.id, { payload: null, ...point } as never);
}

describe('collections', () => {
  test('what is written comes back: vectors to the bit, labels, numbers and texts with their gaps', async () => {
    const given = rows();
    const done = await write(at('a@ü', EUCLID), given, { places });
    expect(done).toMatchObject({ format: 'qdrant', rows: N, cols: D, dropped: [] });
    expect(done.remarks?.join()).toMatch(/: a@ü stands for a@ü_[0-9a-f]{8} now\.$/);
    const back = await read(at('a@ü'), { places });
    expect(back.points.data).toEqual(given.points.data);
    expect(back.labels).toEqual(given.labels);
    expect(back.columns).toEqual({
      id: Float64Array.from({ length: N }, (_, i) => i),
      ...given.columns,
    });
    expect(await info(at('a@ü'), { places })).toMatchObject({
      format: 'qdrant',
      rows: N,
      cols: D,
      dtype: 'f4',
      labels: 'label',
      columns: ['id', 'note', 'year'],
    });
  });

  test('blocks of any size are the same rows, and a reader may stop in the middle', async () => {
    const given = rows(2500);
    await write(at('t', EUCLID), given, { places });
    for (const size of [7, 1000, 2499, 20_000]) {
      const parts: number[] = [];
      for await (const block of readBlocks(at('t'), size, { places }))
        parts.push(...block.points.data);
      expect(parts).toEqual(Array.from(given.points.data));
    }
    for await (const block of readBlocks(at('t'), 2, { places })) {
      expect(block.points.rows).toBe(2);
      break;
    }
  });

  test('new vectors by id: payloads and other vectors are copied, the old collection stays', async () => {
    const made = {
      vectors: { a: { size: 2, distance: 'Dot' }, b: { size: 1, distance: 'Cosine' } },
      sparse_vectors: { words: {} },
      hnsw_config: { m: 8 },
    };
    const payload = (i: number) => ({
      i,
      tags: ['x', { y: null }],
      wide: `\u0000${2n ** 60n + BigInt(i)}`,
    });
    const points = Array.from({ length: 30 }, (_, i) => ({
      id: 29 - i,
      vector: { ...(i !== 3 && { a: [i + 1, 1] }), b: [1], words: { indices: [i], values: [0.5] } },
      payload: payload(i),
    }));
    theirs(points, made);
    const old = server.collections.get('old');
    if (old) old.indexes['i'] = { data_type: 'integer', points: 0 };
    await expect(read(at('docs'), { places })).rejects.toThrow(
      'several vectors (a, b): say which by ?vector=NAME.',
    );
    await expect(read(at('docs', '?vector=a'), { places })).rejects.toThrow(
      '1 point of 30 has no such vector, the first with id 26; ?null=skip leaves them out.',
    );
    await expect(read(at('docs', '?vector=words'), { places })).rejects.toThrow('are sparse');
    const there = at('docs', '?vector=a&null=skip');
    const given = await read(there, { places });
    expect(given.points.rows).toBe(29);
    expect(given.columns?.['wide']?.[0]).toBe(String(2n ** 60n + 29n));
    expect(given.columns?.['tags']?.[0]).toBe('["x",{"y":null}]');
    const { remarks } = await write(there, negated(given), { places });
    const now = server.aliases.get('docs') ?? '';
    expect(remarks?.[0]).toContain(
      `: docs stands for ${now} now; the old rows are in old, which may be deleted.`,
    );
    const fresh = server.collections.get(now);
    expect(fresh?.made).toMatchObject(made);
    expect(fresh?.indexes).toEqual({ i: { data_type: 'integer', points: 0 } });
    for (const point of points) {
      const a =
        'a' in point.vector ? { a: (point.vector as { a: number[] }).a.map((x) => -x) } : {};
      expect(fresh?.points.get(point.id)).toEqual({ ...point, vector: { ...point.vector, ...a } });
      expect(old?.points.get(point.id)).toEqual(point);
    }
  });

  test('ids beyond 2⁵³ and UUIDs are texts, and are the same points again', async () => {
    const ids = [
      `\u0000${2n ** 64n - 1n}`,
      `\u0000${2n ** 53n + 1n}`,
      7,
      '0fedcba9-8765-4321-0fed-cba987654321',
    ];
    theirs(ids.map((id, i) => ({ id, vector: [i + 1, 1], payload: { n: i } })));
    const given = await read(at('docs'), { places });
    expect(given.columns?.['id']).toEqual([
      '7',
      '9007199254740993',
      '18446744073709551615',
      ids[3],
    ]);
    await write(at('docs'), negated(given), { places });
    const after = await read(at('docs'), { places });
    expect(after.columns).toEqual(given.columns);
    expect(after.points.data).toEqual(negated(given).points.data);
    // In a collection of its own, too.
    await write(at('other', '?distance=dot'), given, { places });
    const other = await read(at('other'), { places });
    expect({ ...other, source: 0 }).toEqual({ ...given, source: 0 });
  });

  test('payloads of any kind survive a new collection; a field "id" leaves the ids their place', async () => {
    const payload = { id: 'k', ok: true, list: [1, { a: 'b' }], mixed: 1, label: 3 };
    theirs([
      { id: 1, vector: [1, 2], payload },
      { id: 2, vector: [3, 4], payload: { mixed: 'two' } },
    ]);
    const remarks: string[] = [];
    const given = await read(at('docs'), { places, onRemark: (own) => remarks.push(own) });
    expect(remarks.join()).toContain('the ids of the points are in the column point_id.');
    expect(given.labels).toEqual(['3', '']);
    await write(at('copy', '?distance=dot'), given, { places });
    const copy = server.collections.get(server.aliases.get('copy') ?? '');
    expect(copy?.points.get(1)).toEqual({ id: 1, vector: [1, 2], payload });
    expect(copy?.points.get(2)).toEqual({ id: 2, vector: [3, 4], payload: { mixed: 'two' } });
  });

  test('what cosine does to lengths is said, both ways', async () => {
    const said: string[] = [];
    const { remarks } = await write(at('c'), rows(9), { places });
    expect(remarks?.join()).toContain(
      'at unit length; distance=dot or euclid keeps their lengths.',
    );
    const back = await read(at('c'), { places, onRemark: (own) => said.push(own) });
    expect(said.join()).toContain('keeps vectors of a cosine collection at unit length');
    expect(Math.hypot(...back.points.data.slice(0, D))).toBeCloseTo(1, 6);
    const again = await write(at('c'), negated(back), { places, dtype: 'f4' });
    expect(again.remarks?.join()).not.toContain('unit length');
    await write(at('h', EUCLID), rows(9), { places, dtype: 'f2' });
    expect(await info(at('h'), { places })).toMatchObject({ dtype: 'f2' });
  });

  test('rows that are not those of the collection are refused, and nothing is left behind', async () => {
    await write(at('t', EUCLID), rows(20), { places });
    const back = await read(at('t'), { places });
    const names = [...server.collections.keys()];
    const refusal = async (changed: VectorTable, sentence: string, more = '') => {
      await expect(write(at('t', more), changed, { places })).rejects.toThrow(sentence);
      expect([...server.collections.keys()]).toEqual(names);
      expect((await read(at('t'), { places })).points.data).toEqual(back.points.data);
    };
    const ids = (n: number, shift: number) => ({
      id: Float64Array.from({ length: n }, (_, i) => i + shift),
    });
    await refusal(
      { ...rows(20), columns: ids(20, 1) },
      'row 19 (id 20) is not in the collection; nothing was changed.',
    );
    await refusal(
      { ...rows(19), columns: ids(19, 0) },
      'the collection has 20 points, and 19 came',
    );
    await refusal(rows(20), 'have no column "id" to be told apart by');
    await refusal(rows(20, 4), 'the vectors have 4 numbers, and those of the collection 5');
    await refusal(
      { ...rows(2), columns: { id: ['k1', 'k2'] } },
      'row 0 has the id "k1" in column "id"',
      '?replace=true',
    );
    await refusal(
      { ...rows(2), columns: { id: ['1', '1'] } },
      '2 rows came, and they are 1 point',
      '?replace=true',
    );
    await refusal(
      { ...rows(1), columns: { id: Float64Array.of(2 ** 60) } },
      'Qdrant takes whole numbers',
      '?replace=true',
    );
    const { remarks } = await write(at('t', '?replace=true'), rows(3, 2), { places });
    expect(remarks?.[0]).toContain('the old rows are in t_');
    expect((await read(at('t'), { places })).points).toMatchObject({ rows: 3, cols: 2 });
  });

  test('values of any size are the same float32 again; those that are not finite are refused by their row', async () => {
    const data = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i) * 10 ** ((i % 76) - 38));
    await write(at('wide', EUCLID), { points: { data, rows: 1000, cols: 4 } }, { places });
    expect((await read(at('wide'), { places })).points.data).toEqual(data);
    data[4003 - 2000] = Number.NaN;
    await expect(
      write(at('nan', EUCLID), { points: { data, rows: 1000, cols: 4 } }, { places }),
    ).rejects.toThrow('row 500 has a value that is not finite; Qdrant takes none.');
    expect(server.aliases.has('nan')).toBe(false);
    expect(server.collections.size).toBe(1);
  });

  test('a real collection of that name is refused before anything comes', async () => {
    theirs([]);
    const [place] = places;
    await expect(place.claim(at('old'))).rejects.toThrow(
      '"old" is a collection itself, and Qdrant cannot put another in its place',
    );
    await expect(write(at('old'), rows(3), { places })).rejects.toThrow('is a collection itself');
    expect([...server.collections.keys()]).toEqual(['old']);
  });
});

describe('what goes wrong', () => {
  test('a collection that changes while it is read is refused', async () => {
    const points = Array.from({ length: 1500 }, (_, i) => ({
      id: 2 * i,
      vector: [i, 1],
      payload: { i },
    }));
    const changes: (() => void)[] = [
      () => server.collections.get('old')?.points.delete(2),
      () => server.collections.get('old')?.points.set(1, { id: 1, vector: [1, 1], payload: null }),
      // As many as before, and others.
      () => {
        server.collections.get('old')?.points.delete(2);
        server.collections.get('old')?.points.set(1, { id: 1, vector: [1, 1], payload: null });
      },
      () =>
        server.collections
          .get('old')
          ?.points.set(4, { id: 4, vector: [1, 1], payload: { more: 1 } }),
      () =>
        server.collections
          .get('old')
          ?.points.set(4, { id: 4, vector: [1, 1], payload: { i: 'x' } }),
    ];
    for (const change of changes) {
      theirs(points);
      let scrolls = 0;
      server.came = (id) => {
        // Two pages of the look at the payloads come first.
        if (id.endsWith('/scroll') && ++scrolls === 3) change();
      };
      await expect(read(at('docs'), { places })).rejects.toThrow(
        'the collection was changed while it was read; read it again.',
      );
    }
  });

  test('who changes or switches the collection while it is written is not overwritten', async () => {
    theirs(Array.from({ length: 20 }, (_, i) => ({ id: i, vector: [i, 1], payload: { i } })));
    const given = await read(at('docs'), { places });
    server.came = (id) => {
      if (id === 'PUT /collections/{collection_name}/points')
        server.collections.get('old')?.points.set(99, { id: 99, vector: [1, 1], payload: null });
    };
    await expect(write(at('docs'), given, { places })).rejects.toThrow(
      'were changed meanwhile; nothing was changed.',
    );
    expect([...server.collections.keys()]).toEqual(['old']);
    server.collections.get('old')?.points.delete(99);
    server.came = (id) => {
      if (id !== 'PUT /collections/{collection_name}/points') return;
      server.collections.set('third', { made: {}, points: new Map(), indexes: {} });
      server.aliases.set('docs', 'third');
    };
    await expect(write(at('docs'), given, { places })).rejects.toThrow(
      /docs stands for third now, and stood for old before: .* the new rows are in docs_[0-9a-f]{8}\.$/,
    );
    expect(server.aliases.get('docs')).toBe('third');
  });

  test('an answer to the switch that is lost is asked for; what is not known stays whole', async () => {
    theirs([{ id: 1, vector: [1, 1] }]);
    const given = await read(at('docs'), { places });
    let [asked, isGone] = [0, false];
    server.fault = (id) =>
      id === 'POST /collections/aliases' && ++asked === 2 ? 'lost' : undefined;
    await write(at('docs'), given, { places });
    expect(server.aliases.get('docs')).toMatch(/^docs_/);
    asked = 0;
    server.fault = (id) => {
      isGone ||= id === 'POST /collections/aliases' && ++asked === 2;
      return isGone ? { status: 503, text: '' } : undefined;
    };
    const before = server.aliases.get('docs');
    await expect(write(at('docs'), given, { places })).rejects.toThrow(
      /^qdrant:.*it is not known whether docs stands for docs_/,
    );
    expect(server.aliases.get('docs')).toBe(before);
    expect(server.collections.size).toBe(3);
  }, 20_000);

  test('faults that pass are tried again; those that do not get one sentence', async () => {
    await write(at('t', EUCLID), rows(20), { places });
    const faults = [
      'reset',
      'lost',
      'short',
      { status: 503, text: 'x' },
      { status: 429, text: '{}' },
    ] as const;
    for (const fault of faults) {
      const seen = new Set<string>();
      server.fault = (id) => {
        if (seen.has(id)) return undefined;
        seen.add(id);
        return fault;
      };
      expect((await read(at('t'), { places })).points.data).toEqual(rows(20).points.data);
    }
    const always = async (
      fault: ReturnType<QdrantServer['fault']>,
      sentence: string | RegExp,
      more = '',
    ) => {
      server.fault = (id) => (id.endsWith('/scroll') ? fault : undefined);
      await expect(read(at('t', more), { places })).rejects.toThrow(sentence);
    };
    await always('short', /: the connection to 127\.0\.0\.1:\d+ broke \(\w+\), 4 times\.$/);
    await always(
      { status: 500, text: '{"status":{"error":"Service internal error: no disk"}}' },
      ': the server answered 500 (Service internal error: no disk), 4 times.',
    );
    await always(
      { status: 400, text: '{"status":{"error":"Bad request: too many."}}' },
      ': Qdrant says: Bad request: too many.',
    );
    await always({ status: 302, text: '' }, 'sends on to another address (302); name that one.');
    await always(
      { status: 200, text: '<html>' },
      'what answers there does not speak as Qdrant does.',
    );
    await always('hang', 'the server did not answer within 0 s, 4 times.', '?timeout=0.05');
  }, 60_000);

  test('keys: none, a wrong one, one that may only read, one with strange letters; none is told', async () => {
    await write(at('t', EUCLID), rows(3), { places });
    server.key = 'geheim';
    server.readerKey = 'leser';
    const refusals: string[] = [];
    const refusal = async (work: Promise<unknown>, sentence: string) => {
      const cause = await work.then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      expect(cause?.message).toContain(sentence);
      refusals.push(String(cause?.stack), String(cause?.cause));
    };
    await refusal(
      read(at('t'), { places }),
      'wants a key: the environment variable QDRANT_API_KEY has none.',
    );
    vi.stubEnv('QDRANT_API_KEY', 'falsch');
    await refusal(read(at('t'), { places }), 'does not take the key in QDRANT_API_KEY.');
    vi.stubEnv('QDRANT_API_KEY', 'leser');
    expect((await read(at('t'), { places })).points.rows).toBe(3);
    await refusal(
      places[0].claim(at('t')),
      'forbids it with the key in QDRANT_API_KEY (Forbidden: Global manage access is required).',
    );
    vi.stubEnv('QDRANT_API_KEY', 'geheim\n');
    await refusal(
      read(at('t'), { places }),
      'the key in QDRANT_API_KEY has letters that no key has.',
    );
    vi.stubEnv('QDRANT_API_KEY', 'geheim');
    server.fault = () => ({ status: 400, text: 'the key geheim is old' });
    await refusal(read(at('t'), { places }), 'Qdrant says: the key … is old.');
    server.fault = () => undefined;
    const { host } = new URL(server.address);
    const secrets = ['geheim@', 'me:geheim@', 'ge/he?im@x@', ''];
    for (const secret of secrets) {
      const address = `qdrant://${secret}${host}/t${secret ? '' : '?api_key=geheim'}`;
      await refusal(
        read(address, { places }),
        'a key does not stand in an address: the environment variable QDRANT_API_KEY has it.',
      );
    }
    expect(refusals.join('\n')).not.toMatch(/geheim|falsch|leser|he\?im/);
  });

  test('wrong addresses and names get a sentence', async () => {
    await write(at('t', EUCLID), rows(3), { places });
    const closed = await qdrantServer();
    await closed[Symbol.asyncDispose]();
    const cases: [string, string][] = [
      [at('none'), 'there is no collection "none" at 127.0.0.1:'],
      [at('t', '?vector=x'), 'the vectors of the collection have no name; leave out vector=.'],
      [at('t', '?label=x'), 'there is no column "x"; the columns are '],
      [at('t', '?vectr=x'), 'the address has vectr=, which is none of vector, id, label'],
      [
        at('t', '?distance=x'),
        'the address has distance=x; expected cosine, dot, euclid, manhattan.',
      ],
      [at('t', '?timeout=x'), 'the address has timeout=x; expected seconds'],
      [at('t', '?id=year'), 'payloads have a field "year"'],
      ['qdrant://', 'this is no address of a collection; expected qdrant://host:6333/COLLECTION'],
      ['qdrant://h', 'this is no address of a collection'],
      ['qdrant://h/a/b', 'this is no address of a collection'],
      [`${closed.address}/t`, `nothing answers at ${new URL(closed.address).host}, 4 times.`],
    ];
    for (const [address, sentence] of cases)
      await expect(read(address, { places })).rejects.toThrow(sentence);
  }, 20_000);
});
