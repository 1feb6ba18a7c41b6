import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { type ObjectServer, objectServer } from '../../testing/object-server.ts';
import { read } from '../index.ts';
import { openTable } from '../open.ts';
import { newestManifest, openStore, readObject, writeShards } from './index.ts';

let server: ObjectServer;
beforeAll(async () => {
  server = await objectServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const writable = (prefix: string) =>
  openStore(`s3://bucket/${prefix}`, { s3: { endpoint: server.endpoint, credentials: false } });
const table = (value: number) =>
  openTable({ points: matrix(Float32Array.of(value, 1), 1, 2), labels: [`row ${value}`] }, 'made');

describe('a folder on a web server', () => {
  test.each([1, 2, 3, 4, 5, 9])(
    'is read at its newest of %i manifests, without a list',
    async (n) => {
      const store = writable(`of-${n}`);
      for (let i = 1; i <= n; i++) await writeShards(await table(i), store, { append: true });
      server.requests.length = 0;
      const address = `${server.endpoint}/bucket/of-${n}`;
      expect((await newestManifest(openStore(address)))?.number).toBe(n);
      const { points, labels } = await read(`${address}/`);
      expect([...points.data]).toEqual(Array.from({ length: n }, (_, i) => [i + 1, 1]).flat());
      expect(labels?.at(-1)).toBe(`row ${n}`);
      expect(server.requests.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(
        true,
      );
    },
  );

  test('is read from a server that does not do ranges', async () => {
    const store = writable('whole');
    await store.create('a', [Uint8Array.of(1, 2, 3, 4)]);
    const web = openStore(`${server.endpoint}/bucket/whole`);
    server.ranges = false;
    const into = new Uint8Array(2);
    await web.readInto('a', 1, into);
    expect(into).toEqual(Uint8Array.of(2, 3));
    expect(await readObject(web, 'a')).toEqual(Uint8Array.of(1, 2, 3, 4));
    server.ranges = true;
  });

  test('is not written, and holds no table where there is none', async () => {
    const address = `${server.endpoint}/bucket/none`;
    const web = openStore(address);
    await expect(web.create('a', [])).rejects.toThrow(
      `${address}: a web server is read, not written; write into a folder or s3://….`,
    );
    await expect(web.remove('a')).rejects.toThrow(/is read, not written/);
    await expect(web.list('shards/')).rejects.toThrow(/does not list what it has\.$/);
    await expect(read(address)).rejects.toThrow(/the store holds no table/);
    await expect(web.readInto('a', 0, new Uint8Array(1))).rejects.toThrow(
      `${address}/a: the server answered 404.`,
    );
  });

  test.each([
    ['https://me:hidden@host/x', 'https://…: names and passwords do not belong into an address.'],
    [
      'https://host/x?signature=hidden',
      'https://host/x: the address of a folder is expected, without ? and #.',
    ],
    ['http://', 'https://…: this is no address.'],
  ])('%s', (address, sentence) => {
    expect(() => openStore(address)).toThrow(sentence);
    expect(() => openStore(address)).not.toThrow(/hidden/);
  });
});
