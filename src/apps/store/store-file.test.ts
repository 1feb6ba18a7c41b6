import { createReadStream, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matrix, row } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import { compress } from '../verbs/compress.ts';
import { decodedStore, encodeStore, openStore, writeStore } from './store-file.ts';
import { tableStore } from './table-store.ts';

const random = Random.fromSeed(1);
const [n, d] = [2000, 16];
const points = matrix(
  Float32Array.from({ length: n * d }, () => random.normal()),
  n,
  d,
);
const labels = Array.from({ length: n }, (_, i) => `label${i}`);
const columns = { year: Float64Array.from({ length: n }, (_, i) => 1900 + (i % 100)) };
const path = join(mkdtempSync(join(tmpdir(), 'tammes-store-')), 'a.tammes');
const encoded = await compress(points, 'int8');
await writeStore(path, encoded, { labels, columns });

describe('a store', () => {
  test('gives its vectors, labels and columns back', async () => {
    const store = await openStore(path);
    const table = await decodedStore(store);
    expect(table.labels).toEqual(labels);
    expect(table.columns).toEqual(columns);
    expect(await store.rowOf('label1234')).toBe(1234);
    expect(await store.contains('label')).toBe(false);
    expect(await store.labelOf(77)).toBe('label77');
    expect(await store.vector('label77')).toEqual(row(table.points, 77).slice());
    expect((await store.vectors(['label5', 'label3'])).data).toEqual(
      Float32Array.of(...row(table.points, 5), ...row(table.points, 3)),
    );
    expect(await store.norms(0, n)).toEqual(Float32Array.from(rowNorms(table.points)));
    await store.close();
  });

  test('a row of zeros has no direction, whatever its codes stand for', async () => {
    const some = matrix(points.data.slice(0, 40 * d).fill(0, 3 * d, 4 * d), 40, d);
    const coded = await compress(some, 'int8');
    const store = await openStore(new Blob(await encodeStore(coded)));
    expect(coded.zeros).toEqual([3]);
    const { neighbors } = await store.near({ row: 0 }, { k: 39 });
    expect(neighbors.find(({ row: own }) => own === 3)?.cosine).toBe(0);
    await store.close();
  });

  test('is open with its header, and reads a few short ranges for a label', async () => {
    const store = await openStore(path);
    const opening = store.packed.bytesRead;
    expect(opening).toBeLessThan(4 * d * 8);
    await store.vector('label999');
    const lookup = store.packed.bytesRead - opening;
    // Slots of 8 bytes, the place and the text of the label, and its code.
    expect(lookup).toBeLessThan(2 * 16 * 8 + 8 + 8 + d);
    expect(statSync(path).size).toBeGreaterThan(100 * (opening + lookup));
    await store.close();
  });

  test.each([{}, { dims: 8 }])(
    'with %j finds the rows that its decoded vectors find',
    async (options) => {
      const coded = await compress(points, 'int8', options);
      const store = await openStore(new Blob(await encodeStore(coded, { labels })));
      const decoded = tableStore(await decodedStore(store));
      for (const question of [{ label: 'label3' }, { row: 9 }, { formula: 'label3 - label4' }]) {
        const { neighbors } = await store.near(question, { k: 5 });
        const expected = (await decoded.near(question, { k: 5 })).neighbors;
        expect(neighbors.map((own) => own.row)).toEqual(expected.map((own) => own.row));
        for (const [i, own] of neighbors.entries())
          expect(own.cosine).toBeCloseTo(expected[i].cosine, 5);
      }
    },
  );

  test('without labels it answers by rows, and says so otherwise', async () => {
    const store = await openStore(new Blob(await encodeStore(encoded)));
    const { neighbors } = await store.near({ row: 3 }, { k: 2 });
    expect(neighbors.map(({ label }) => label)).toEqual([null, null]);
    await expect(store.rowOf('a')).rejects.toThrow('the vectors have no labels');
    await expect(store.near({ row: n })).rejects.toThrow(
      `there is no row ${n}; the ${n} rows count`,
    );
  });

  test('without the index of n-grams an unknown word has the vector of its spelling', async () => {
    const without = await openStore(
      new Blob(await encodeStore(encoded, { labels }, { grams: false })),
    );
    const store = await openStore(path);
    expect((await store.word('labell77')).from[0]).toMatchObject({ row: 77, label: 'label77' });
    expect((await without.word('labell77')).from).toEqual([]);
    expect(await without.vector('labell77')).toEqual(
      await store.vector('labell77', { unknown: 'spelling' }),
    );
    await expect(store.vector('labell77', { unknown: 'refuse' })).rejects.toThrow(
      'there is no row with the label "labell77".',
    );
    await store.close();
  });

  test('the same table gives the same bytes', async () => {
    const parts = async () => (await encodeStore(encoded, { labels, columns })).map((p) => [...p]);
    expect(await parts()).toEqual(await parts());
  });

  test('another file, and one that was cut off, are refused', async () => {
    const other = join(mkdtempSync(join(tmpdir(), 'tammes-store-')), 'b.tammes');
    writeFileSync(other, 'not a store at all');
    await expect(openStore(other)).rejects.toThrow(other);
    const bytes = new Uint8Array(await new Blob(await encodeStore(encoded)).arrayBuffer());
    await expect(openStore(bytes.subarray(0, bytes.length - 1))).rejects.toThrow('does not fit');
  });
});

describe('a store behind an address', () => {
  let sent = 0;
  const server = createServer(({ headers: { range = '' } }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    const end = Math.min(statSync(path).size, Number(to) + 1);
    sent += end - Number(from);
    response.writeHead(206, { 'content-range': `bytes ${from}-${end - 1}/${statSync(path).size}` });
    createReadStream(path, { start: Number(from), end: end - 1 }).pipe(response);
  });
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  afterAll(() => server.close());

  test('answers as the file does, and a lookup loads a part of it', async () => {
    const store = await openStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a`);
    const file = await openStore(path);
    expect(await store.vector('label1234')).toEqual(await file.vector('label1234'));
    expect(sent).toBeLessThanOrEqual(4 * 65_536);
    const question = { formula: 'label1 + label2' };
    expect(await store.near(question)).toEqual(await file.near(question));
    await file.close();
    await store.close();
  });
});
