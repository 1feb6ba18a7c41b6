import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpSource } from './support/http-source.ts';

const BLOCK = 65_536;
const bytes = Uint8Array.from({ length: 40 * BLOCK + 100 }, (_, i) => (i * 31 + (i >> 8)) % 256);
let requests: string[] = [];
let etag = '"1"';

/** One server; the path says how it behaves. */
function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const { range = '' } = headers;
  requests.push(range);
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const end = Math.min(bytes.length, Number(to) + 1);
  const part = bytes.subarray(Number(from), end);
  const shown = { etag, 'content-range': `bytes ${from}-${end - 1}/${bytes.length}` };
  if (url === '/ranges') response.writeHead(206, shown).end(part);
  else if (url === '/silent') response.writeHead(206).end(part);
  else if (url === '/shifted')
    response.writeHead(206, { 'content-range': `bytes 5-9/${bytes.length}` }).end('12345');
  else if (url === '/short')
    response.writeHead(206, { 'content-range': `bytes 0-4/${bytes.length}` }).end('12345');
  else if (url === '/small')
    response.writeHead(200, { 'content-length': 1000 }).end(bytes.subarray(0, 1000));
  else if (url === '/large')
    response.writeHead(200, { 'content-length': 2 ** 24 }).end(new Uint8Array(2 ** 24));
  else if (url === '/endless') response.writeHead(200).end('abc');
  else if (url === '/empty') response.writeHead(416, { 'content-range': 'bytes */0' }).end();
  else response.writeHead(404).end();
}

const server = createServer(answer);
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => server.close());
const at = (path: string) =>
  new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
const isPart = (read: Uint8Array, from: number, length: number) =>
  Buffer.compare(read, bytes.subarray(from, from + length)) === 0;
const counted = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  requests = [];
  return [await work(), requests.length];
};

describe('a file behind an address', () => {
  test('is open after one request, and says its size', async () => {
    const [source, count] = await counted(() => httpSource(at('ranges')));
    expect(count).toBe(1);
    expect(source.size).toBe(bytes.length);
    expect(source.name).toBe(at('ranges').href);
  });

  test('gives any range, across blocks and at its end', async () => {
    const source = await httpSource(at('ranges'));
    for (const [from, length] of [
      [0, 10],
      [BLOCK - 3, 7],
      [2 * BLOCK + 5, 3 * BLOCK],
      [bytes.length - 50, 50],
      [17, 0],
      [BLOCK, 30 * BLOCK],
    ])
      expect(isPart(await source.read(from, length), from, length)).toBe(true);
    await expect(source.read(bytes.length - 1, 2)).rejects.toThrow('truncated');
  });

  test('asks once for a block, and once for neighbors; long reads are not kept', async () => {
    const source = await httpSource(at('ranges'));
    const read = (from: number, length: number) => counted(() => source.read(from, length));
    expect((await read(0, 100))[1]).toBe(0);
    expect((await read(3 * BLOCK, 4 * BLOCK))[1]).toBe(1);
    expect(requests).toEqual([`bytes=${3 * BLOCK}-${7 * BLOCK - 1}`]);
    expect((await read(4 * BLOCK + 1, 5))[1]).toBe(0);
    expect((await read(2 * BLOCK, 6 * BLOCK))[1]).toBe(2);
    expect((await read(10 * BLOCK, 20 * BLOCK))[1]).toBe(1);
    expect((await read(11 * BLOCK, 1))[1]).toBe(1);
    const both = () => Promise.all([source.read(15 * BLOCK, 1), source.read(15 * BLOCK + 9, 1)]);
    expect((await counted(both))[1]).toBe(1);
  });

  test('that changes is refused', async () => {
    const source = await httpSource(at('ranges'));
    etag = '"2"';
    await expect(source.read(5 * BLOCK, 1)).rejects.toThrow('the file changed while it was read');
    etag = '"1"';
    expect(await source.read(5 * BLOCK, 1)).toEqual(bytes.subarray(5 * BLOCK, 5 * BLOCK + 1));
  });

  test('whose server knows no ranges is loaded whole where it is small or this was asked for', async () => {
    expect((await httpSource(at('small'))).size).toBe(1000);
    await expect(httpSource(at('large'))).rejects.toThrow(
      'the server does not answer ranges of bytes, and the file is 16777216 bytes long; load all of it',
    );
    await expect(httpSource(at('endless'))).rejects.toThrow('does not say how long it is');
    expect((await httpSource(at('large'), { whole: true })).size).toBe(2 ** 24);
  });

  test('an empty file, one that is not there, a server that is not there', async () => {
    expect((await httpSource(at('empty'))).size).toBe(0);
    await expect(httpSource(at('none'))).rejects.toThrow('the server answered 404.');
    await expect(httpSource(new URL('http://127.0.0.1:9/'))).rejects.toThrow(
      'the address could not be reached.',
    );
  });

  test('a server that sends other bytes than were asked for is refused', async () => {
    await expect(httpSource(at('silent'))).rejects.toThrow('must show Content-Range');
    await expect(httpSource(at('shifted'))).rejects.toThrow('sent other bytes');
    await expect(httpSource(at('short'))).rejects.toThrow('sent 5 bytes where 65536 were asked');
  });
});
