import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { info, read, readBlocks, type VectorTable, write } from '../../io/index.ts';
import { type QdrantServer, qdrantServer } from '../../testing/qdrant-server.ts';
import { qdrant } from './qdrant.ts';

// Against a server that answers by Qdrant's description of itself; no Qdrant is here to be tried.

const places = [qdrant()];
const N = 300;
const D = 5;
const PUT = 'PUT /collections/{collection_name}/points';
const SCROLL = 'POST /collections/{collection_name}/points/scroll';

let server: QdrantServer;
let at: string;
beforeEach(async () => {
  server = await qdrantServer();
  at = `qdrant://${server.host}/docs`;
});
afterEach(async () => {
  delete process.env['QDRANT_API_KEY'];
  await server[Symbol.asyncDispose]();
});

function rows(n = N, d = D): VectorTable {
  return {
    points: {
      data: Float32Array.from({ length: n * d }, (_, i) => Math.fround(Math.sin(i + 1))),
      rows: n,
      cols: d,
    },
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

/** The collection that the alias `docs` leads to. */
const led = () => server.collections.get(server.aliases.get('docs') ?? '');

/** A collection of someone else, reached by the alias. */
function theirs(config: object, points: readonly object[]): void {
  server.collections.set('theirs', { config: config as never, indexes: {}, points: new Map() });
  server.aliases.set('docs', 'theirs');
  for (const point of points as { id: number; payload?: object; vectors: object }[])
    server.collections.get('theirs')?.points.set(String(point.id), {
      payload: {},
      ...point,
    } as never);
}

describe('a collection', () => {
  test('what is written comes back: vectors to the bit, labels, numbers and texts with their gaps', async () => {
    const given = rows();
    const to = `${at}?distance=Dot`;
    expect(await write(to, given, { places })).toMatchObject({
      format: 'qdrant',
      rows: N,
      cols: D,
    });
    const back = await read(at, { places });
    expect(back.points.data).toEqual(given.points.data);
    expect(back.labels).toEqual(given.labels);
    expect(back.columns).toEqual({
      id: Float64Array.from({ length: N }, (_, i) => i),
      ...given.columns,
    });
    expect(await info(at, { places })).toMatchObject({
      format: 'qdrant',
      rows: N,
      cols: D,
      vector: 'vector',
      labels: 'label',
    });
    // One collection, with the name of none that others have, and the alias that leads to it.
    expect([...server.collections.keys()][0]).toMatch(/^docs_[\da-f]{8}$/);
    expect([...server.aliases]).toEqual([['docs', [...server.collections.keys()][0]]]);
  });

  test('blocks of any size are the same rows, and a reader may stop in the middle', async () => {
    const given = rows(2500);
    await write(`${at}?distance=Euclid`, given, { places });
    for (const size of [7, 999, 2499, 20_000]) {
      const parts: number[] = [];
      for await (const block of readBlocks(at, size, { places })) parts.push(...block.points.data);
      expect(parts).toEqual(Array.from(given.points.data));
    }
    for await (const block of readBlocks(at, 2, { places })) {
      expect(block.points.rows).toBe(2);
      break;
    }
  });

  test('compared by Cosine it holds rows at length 1, and says so when it is written and read', async () => {
    const { remarks } = await write(at, rows(), { places });
    expect(remarks?.[0]).toContain('300 rows had another length than 1');
    const said: string[] = [];
    const back = await read(at, { places, onRemark: (sentence) => said.push(sentence) });
    expect(said[0]).toContain('at length 1; their lengths are lost.');
    const again = await write(`${at}-too`, back, { places });
    expect(again.remarks ?? []).toEqual([]);
  });

  test('new vectors are a new collection: payloads, other vectors, settings and indexes are those of the old one', async () => {
    const config = {
      vectors: { own: { size: 2, distance: 'Dot' }, other: { size: 3, distance: 'Euclid' } },
      hnsw_config: { m: 24, ef_construct: 64, full_scan_threshold: 10 },
    };
    const points = [18446744073709551615n, 7n].map((id, i) => ({
      id: id > 10n ? `\u0000whole:${id}` : Number(id),
      payload: { deep: { list: [1, 'b', null] }, ok: i === 0, count: `\u0000whole:${2n ** 60n}` },
      vectors: { own: [i + 1, 2], other: [1, 2, i], words: { indices: [4, 9], values: [0.5, 1] } },
    }));
    theirs(config, []);
    const { points: held = new Map(), indexes = {} } = server.collections.get('theirs') ?? {};
    for (const point of points)
      held.set(String(point.id).replace('\u0000whole:', ''), point as never);
    indexes['ok'] = 'bool';
    const given = await read(`${at}?vector=own`, { places });
    expect(given.columns?.['id']).toEqual(['7', '18446744073709551615']);
    expect(given.columns?.['count']).toEqual(['1152921504606846976', '1152921504606846976']);
    const { remarks } = await write(`${at}?vector=own`, negated(given), { places });
    expect(remarks?.[0]).toMatch(/the old points are theirs, which stays\.$/);
    const made = led();
    expect(made?.config).toMatchObject(config);
    expect(made?.indexes).toEqual({ ok: 'bool' });
    for (const { id, payload, vectors } of points)
      expect(made?.points.get(String(id).replace('\u0000whole:', ''))).toEqual({
        id,
        payload,
        vectors: { ...vectors, own: vectors.own.map((x) => -x) },
      });
    // What went over was the number, and no text.
    const { body = '' } = server.requests.findLast(({ operation }) => operation === PUT) ?? {};
    expect(body).toContain('"id":18446744073709551615');
    expect(server.collections.get('theirs')?.points.size).toBe(2);
  });

  test('kinds of values: what is no number comes as text, and goes back as what it was', async () => {
    theirs({ vectors: { size: 1, distance: 'Dot' } }, [
      { id: 1, payload: { a: true, b: [1], c: 1, d: 5 }, vectors: { '': [1] } },
      { id: 2, payload: { a: false, b: 'x', c: 2.5, id: 'own', e: null }, vectors: { '': [2] } },
    ]);
    const back = await read(at, { places });
    expect(back.columns).toEqual({
      point_id: Float64Array.of(1, 2),
      a: ['true', 'false'],
      b: ['[1]', '"x"'],
      c: Float64Array.of(1, 2.5),
      d: Float64Array.of(5, Number.NaN),
      id: ['', 'own'],
      e: ['', ''],
    });
    await write(`${at}-too?distance=Dot`, back, { places });
    const copy = server.collections.get(server.aliases.get('docs-too') ?? '');
    expect(Array.from(copy?.points.values() ?? [], ({ payload }) => payload)).toEqual([
      { a: true, b: [1], c: 1, d: 5 },
      { a: false, b: 'x', c: 2.5, id: 'own' },
    ]);
  });
});

describe('nothing is lost', () => {
  test('killed in the middle, or refused, the alias leads where it led, and the half is taken away', async () => {
    await write(`${at}?distance=Dot`, rows(2000), { places });
    const before = new Map(server.aliases);
    let puts = 0;
    server.fault = ({ operation }) => (operation === PUT && ++puts === 2 ? 'reset' : undefined);
    const back = await read(at, { places });
    await expect(write(at, negated(back), { places })).rejects.toThrow('gives no answer');
    expect(new Map(server.aliases)).toEqual(before);
    expect(server.collections.size).toBe(1);
    server.fault = () => undefined;
    expect((await read(at, { places })).points.data).toEqual(back.points.data);
    expect(await write(at, negated(back), { places })).toMatchObject({ rows: 2000 });
    expect((await read(at, { places })).points.data).toEqual(negated(back).points.data);
  });

  test('where the answer to the switch is lost, what was switched is seen, and what was not is taken away', async () => {
    const SWITCH = 'POST /collections/aliases';
    await write(`${at}?distance=Dot`, rows(9), { places });
    const back = await read(at, { places });
    server.fault = ({ operation }) => (operation === SWITCH ? 'short' : undefined);
    await write(at, negated(back), { places });
    expect((await read(at, { places })).points.data).toEqual(negated(back).points.data);
    server.fault = ({ operation }) => (operation === SWITCH ? 'reset' : undefined);
    await expect(write(at, back, { places })).rejects.toThrow('gives no answer');
    expect((await read(at, { places })).points.data).toEqual(negated(back).points.data);
    // The first, and the one that the alias leads to.
    expect(server.collections.size).toBe(2);
  });

  test('rows that are not those of the collection are refused', async () => {
    await write(`${at}?distance=Dot`, rows(20), { places });
    const back = await read(at, { places });
    const shifted = Float64Array.from({ length: 20 }, (_, i) => i + 1);
    const cases: [VectorTable, string][] = [
      [{ ...back, columns: { id: shifted } }, 'there is no point with the id 20'],
      [rows(20), 'have no column "id" to be told apart by'],
      [
        { ...rows(19), columns: { id: shifted.map((x) => x - 1).slice(0, 19) } },
        'the collection has 20 points, and 19 rows came; nothing was changed.',
      ],
      [{ ...rows(20, 4), columns: { id: shifted } }, 'the vectors have 4 numbers, and those'],
    ];
    for (const [table, sentence] of cases)
      await expect(write(at, table, { places })).rejects.toThrow(sentence);
    expect(server.collections.size).toBe(1);
    expect((await read(at, { places })).points.data).toEqual(back.points.data);
    const twice = { ...rows(20), columns: { id: Float64Array.from(shifted, () => 3) } };
    await expect(write(`${at}?replace=true`, twice, { places })).rejects.toThrow(
      '20 rows came, and 1 point are there: ids are not all different',
    );
    const uuids = { ...rows(2), columns: { id: ['0', 'b'] } };
    await expect(write(`${at}?replace=true`, uuids, { places })).rejects.toThrow(
      'row 1 has "b" as id; ids are whole numbers from 0 on, or UUIDs, there.',
    );
  });

  test('a collection of that name is refused before anything is computed', async () => {
    server.collections.set('docs', { config: {}, indexes: {}, points: new Map() });
    await expect(places[0].claim(at)).rejects.toThrow('"docs" is a collection itself');
    expect(server.requests.every(({ operation }) => operation.startsWith('GET'))).toBe(true);
  });

  test('a collection that changes while it is read is refused', async () => {
    await write(`${at}?distance=Dot`, rows(2000), { places });
    const kept = led();
    let scrolls = 0;
    server.came = ({ operation }) => {
      // The third page of rows, behind those that look at the columns.
      if (operation === SCROLL && ++scrolls === 4) kept?.points.delete('1999');
    };
    await expect(read(at, { places })).rejects.toThrow(
      'the collection was changed while it was read; read it again.',
    );
  });

  test('points without the vector are refused, or left out where that is wanted', async () => {
    theirs({ vectors: { a: { size: 1, distance: 'Dot' }, b: { size: 1, distance: 'Dot' } } }, [
      { id: 1, vectors: { a: [1] } },
      { id: 2, vectors: { b: [2] } },
      { id: 3, vectors: { a: [3], b: [3] } },
    ]);
    await expect(read(`${at}?vector=a`, { places })).rejects.toThrow(
      '1 point of 3 has no such vector; ?null=skip leaves them out.',
    );
    const back = await read(`${at}?vector=a&null=skip`, { places });
    expect([...back.points.data]).toEqual([1, 3]);
  });
});

describe('what goes wrong is a sentence', () => {
  test('addresses, names, answers', async () => {
    await write(`${at}?distance=Dot`, rows(3), { places });
    const cases: [string, string][] = [
      [at.replace('docs', 'none'), 'there is no collection "none"; there are docs_'],
      [`${at}?vector=x`, 'there is no vector "x"; the collection has (without a name).'],
      [`${at}?vectr=x`, 'the address has vectr=, which is none of'],
      [`${at}?distance=Cos`, 'the address has distance=Cos; expected one of Cosine, Dot'],
      [at.replace('/docs', ''), 'the address names no collection; expected qdrant://'],
      [at.replace('docs', 'a/b'), 'the address names no collection; expected qdrant://'],
      ['qdrant://127.0.0.1:9/docs', 'gives no answer'],
    ];
    for (const [address, sentence] of cases)
      await expect(read(address, { places })).rejects.toThrow(sentence);
    for (const [fault, sentence] of [
      [500, 'Qdrant says: a fault of the test.'],
      ['short', 'gives no answer'],
    ] as const) {
      server.fault = () => fault;
      await expect(read(at, { places })).rejects.toThrow(sentence);
    }
    let busy = 0;
    server.fault = () => (++busy % 2 === 1 ? 503 : undefined);
    expect((await read(at, { places })).points.rows).toBe(3);
  });

  test('a key comes from the environment, and from no address', async () => {
    server.key = 'sesame-47';
    await expect(read(at, { places })).rejects.toThrow('set QDRANT_API_KEY in the environment.');
    process.env['QDRANT_API_KEY'] = 'wrong-11';
    await expect(read(at, { places })).rejects.toThrow('does not take the key in QDRANT_API_KEY');
    process.env['QDRANT_API_KEY'] = 'sesame-47';
    await write(at, rows(3), { places });
    expect((await read(at, { places })).points.rows).toBe(3);
    for (const address of [
      at.replace('//', '//sesame-47@'),
      at.replace('//', '//me:sesame-47@'),
      `${at}?api_key=sesame-47`,
      `${at}?vector=x&api-key=sesame-47`,
    ]) {
      const refusal = await read(address, { places }).catch((cause: unknown) => cause);
      expect(String(refusal)).toContain('leave it out and set QDRANT_API_KEY in the environment.');
      expect(String(refusal)).not.toContain('sesame');
    }
  });
});
