import { environment } from '#files';
import { InputError } from '../../core/errors.ts';
import { letGo, type RequestLimits } from '../requests.ts';
import type { S3Settings } from '../s3.ts';
import { type ObjectStore, readObject } from './object-store.ts';
import { readRange } from './support/ranges.ts';
import { elementOf, elementsOf } from './support/s3-answers.ts';
import { s3Client } from './support/s3-client.ts';
import { type S3Place, s3Settings } from './support/s3-settings.ts';

/** One PUT. S3 takes 5 GB, but what a broken connection sends again should be less. */
const MOST_BYTES = 256 * 2 ** 20;

/** What is created to see whether a server knows conditions; its bytes are always the same. */
const PROBE = 'work/probe';
const PROBE_BYTES = new TextEncoder().encode('tammes\n');

/**
 * A bucket of S3, or of a server that speaks as it does, as a store of objects. Objects are created by requests that a
 * server refuses where the key is taken (`If-None-Match: *`); not every server knows them, which `exclusive` tells.
 */
export function s3Store(
  place: S3Place,
  given: S3Settings = {},
  limits: RequestLimits = {},
): ObjectStore {
  const { address, prefix } = place;
  const client = s3Client(place, s3Settings(given, environment()), limits);
  /** Whether the server knows conditions, once that is known. */
  let conditional: boolean | undefined;

  const size = (key: string): Promise<number | undefined> =>
    client.ask(key, { method: 'HEAD' }, async (response, signal) => {
      if (response.status === 404) return undefined;
      const length = response.headers.get('content-length');
      if (response.status === 200 && length !== null) return Number(length);
      // An answer to HEAD does not say why; one to GET does.
      const telling: Response = await client.send(key, { method: 'GET' }, signal);
      return telling.status === 404 ? undefined : client.refused(key, telling);
    });

  /** Sends an object; false where the server says that one is there. */
  function put(key: string, body: Uint8Array): Promise<boolean> {
    const isConditional = conditional !== false;
    const headers = isConditional ? { 'If-None-Match': '*' } : undefined;
    return client.ask(key, { method: 'PUT', headers, body }, async (response, _, earlier) => {
      if (response.ok) {
        await letGo(response);
        return true;
      }
      if (response.status === 412) {
        await letGo(response);
        // What is there may be what an earlier attempt sent, whose answer was lost.
        return earlier.some(({ unclear }) => unclear) && isThere(key, body);
      }
      if (response.status !== 501 || !isConditional) return client.refused(key, response);
      await letGo(response);
      conditional = false;
      return put(key, body);
    });
  }

  async function isThere(key: string, body: Uint8Array): Promise<boolean> {
    const there = await readObject(store, key);
    return there?.length === body.length && there.every((byte, i) => byte === body[i]);
  }

  const pageOf = (start: string, token: string | undefined): Promise<string> => {
    const query = {
      'list-type': '2',
      prefix: prefix === '' ? start : `${prefix}/${start}`,
      ...(token !== undefined && { 'continuation-token': token }),
    };
    return client.ask('', { method: 'GET', query }, async (response) => {
      if (response.status !== 200) return client.refused('', response);
      const xml = await response.text();
      if (xml.includes('<ListBucketResult')) return xml;
      throw new InputError(address, `the server at ${client.host} does not speak S3.`);
    });
  };

  const store: ObjectStore = {
    name: address,
    address,
    size,
    readInto: (key, offset, into) =>
      readRange(
        client.askedOf(key),
        (headers, signal) => client.send(key, { method: 'GET', headers }, signal),
        offset,
        into,
        limits,
        (response) => client.refused(key, response),
      ),
    async create(key, pieces) {
      const body = bodyOf(client.nameOf(key), pieces);
      // A server without conditions would write over what is there; and nothing is sent for nothing.
      return (await size(key)) === undefined && put(key, body);
    },
    async exclusive() {
      conditional ??= !(await put(PROBE, PROBE_BYTES)) || !(await put(PROBE, PROBE_BYTES));
      return conditional;
    },
    async list(start, before) {
      const found: string[] = [];
      let token: string | undefined;
      do {
        const page = await pageOf(start, token);
        found.push(...keysOf(page, before));
        token = tokenOf(address, page);
      } while (token !== undefined);
      const skip = prefix === '' ? 0 : prefix.length + 1;
      return found.map((key) => key.slice(skip)).sort();
    },
    remove: (key) =>
      client.ask(key, { method: 'DELETE' }, async (response) => {
        if (!response.ok && response.status !== 404) return client.refused(key, response);
        await letGo(response);
      }),
  };
  return store;
}

function keysOf(page: string, before: Date | undefined): string[] {
  return elementsOf(page, 'Contents').flatMap((entry) => {
    const written = new Date(elementOf(entry, 'LastModified') ?? 0);
    if (before !== undefined && !(written < before)) return [];
    return elementOf(entry, 'Key') ?? [];
  });
}

/** What the next page is asked for by; undefined where this is the last. */
function tokenOf(address: string, page: string): string | undefined {
  if (elementOf(page, 'IsTruncated') !== 'true') return undefined;
  const token = elementOf(page, 'NextContinuationToken');
  if (token !== undefined) return token;
  throw new InputError(address, 'the server lists a part of its objects, and not how to go on.');
}

/** The pieces as one body. */
function bodyOf(name: string, pieces: readonly Uint8Array[]): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length > MOST_BYTES) {
    throw new InputError(name, `${length} bytes are too many for one object; at most 256 MiB.`);
  }
  const [first] = pieces;
  if (pieces.length === 1 && first.buffer instanceof ArrayBuffer) return first;
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
