import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AbortedError, InputError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { type Fault, type ObjectServer, objectServer } from '../../testing/object-server.ts';
import { storeLaws } from '../../testing/store-laws.ts';
import { read, shard } from '../index.ts';
import { openTable } from '../open.ts';
import {
  type ObjectStore,
  openStore,
  readObject,
  type StoreOptions,
  writeShards,
} from './index.ts';

const KEYS = {
  accessKeyId: 'THEKEY',
  secretAccessKey: 'thesecretofthekey',
  sessionToken: 'thetoken',
};
const FAST = { pause: 1, attempts: 4 };

let server: ObjectServer;
beforeAll(async () => {
  server = await objectServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.objects.clear();
  server.requests.length = 0;
  server.conditions = 'known';
  server.pageSize = 1000;
  server.fault = () => undefined;
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const open = (options: StoreOptions = {}, address = 's3://bucket/some/prefix'): ObjectStore =>
  openStore(address, {
    ...FAST,
    ...options,
    s3: { endpoint: server.endpoint, credentials: KEYS, ...options.s3 },
  });

const PIECE = 1 << 23;
const large = (length: number): Uint8Array => new Uint8Array(length).map((_, i) => i % 251);
const put = (store: ObjectStore, key: string, ...values: number[]) =>
  store.create(key, [Uint8Array.from(values)]);

/** The first requests that fit go wrong. */
function failing(count: number, fault: Fault, method = /./): void {
  let left = count;
  server.fault = (request) => (method.test(request.method) && left-- > 0 ? fault : undefined);
}

describe('a server that knows conditions', () => {
  storeLaws(() => open());

  test('large objects come in pieces, and small pages make whole lists', async () => {
    const store = open();
    const bytes = large(2 * PIECE + 5);
    await store.create('large', [bytes.subarray(0, 100), bytes.subarray(100)]);
    const back = await readObject(store, 'large');
    expect(back && Buffer.compare(back, bytes)).toBe(0);
    server.pageSize = 3;
    for (let i = 0; i < 10; i++) await put(store, `many/${i}`, i);
    expect(await store.list('many/')).toHaveLength(10);
  });

  test('a bucket of its own host, and a prefix with blanks', async () => {
    const store = open({}, 's3://bucket/größe und +/x');
    await put(store, 'a', 1);
    expect([...server.objects.keys()]).toEqual(['größe und +/x/a']);
    expect(await store.list('')).toEqual(['a']);
  });
});

describe('a server that takes no notice of conditions', () => {
  beforeEach(() => {
    server.conditions = 'ignored';
  });
  storeLaws(() => open());

  test('is told from one that does', async () => {
    expect(await open().exclusive?.()).toBe(false);
    server.conditions = 'refused';
    expect(await open().exclusive?.()).toBe(false);
    server.conditions = 'known';
    expect(await open().exclusive?.()).toBe(true);
  });

  test('two that append at the same moment are both there', async () => {
    const table = (value: number) =>
      openTable({ points: matrix(Float32Array.of(value, 1), 1, 2) }, 'made');
    await writeShards(await table(0), open());
    await Promise.all(
      [1, 2].map(async (i) => writeShards(await table(i), open(), { append: true })),
    );
    const { newestManifest } = await import('./index.ts');
    expect((await newestManifest(open()))?.manifest.rows).toBe(3);
  });
});

describe('a server that refuses conditions', () => {
  beforeEach(() => {
    server.conditions = 'refused';
  });
  storeLaws(() => open());
});

describe('what passes is tried again', () => {
  test.each<[string, Fault, RegExp]>([
    ['an answer of 500', { status: 500 }, /./],
    ['an answer of 503', { status: 503, code: 'SlowDown' }, /./],
    ['an answer of 429', { status: 429 }, /./],
    ['a connection that breaks', 'reset', /./],
    ['a body that ends before its end', 'short', /GET/],
    ['an answer that is lost', 'lost', /PUT/],
    ['a request that timed out', { status: 400, code: 'RequestTimeout' }, /PUT|GET/],
  ])('%s', async (_, fault, method) => {
    server.objects.clear();
    const store = open();
    failing(2, fault, method);
    expect(await put(store, 'a', 1, 2, 3, 4)).toBe(true);
    failing(2, fault, method);
    expect(await readObject(store, 'a')).toEqual(Uint8Array.of(1, 2, 3, 4));
    failing(2, fault, method);
    expect(await store.list('')).toEqual(['a']);
  });

  test('an object whose answer was lost is ours; one that another wrote is not', async () => {
    const store = open();
    failing(1, 'lost', /PUT/);
    expect(await put(store, 'ours', 1, 2)).toBe(true);
    // Another is faster, while our first attempt breaks.
    let asked = 0;
    server.fault = ({ method, key }) => {
      if (method !== 'PUT' || asked++ > 0) return undefined;
      server.objects.set(key, { bytes: Buffer.from([9]), etag: '"x"', written: new Date() });
      return 'reset';
    };
    expect(await put(store, 'theirs', 1, 2)).toBe(false);
    expect(await readObject(store, 'theirs')).toEqual(Uint8Array.of(9));
  });

  test('a server that stays silent is given up', async () => {
    await put(open(), 'a', 1);
    server.fault = () => 'hang';
    await expect(open({ patience: 40, attempts: 2 }).size('a')).rejects.toThrow(
      's3://bucket/some/prefix/a: the server did not answer within 0 s, 2 times.',
    );
  });

  test('a pause ends with the run', async () => {
    server.fault = () => ({ status: 503, headers: { 'Retry-After': '20' } });
    const controller = new AbortController();
    const asked = open({ signal: controller.signal }).size('a');
    setTimeout(() => controller.abort(), 30);
    await expect(asked).rejects.toBeInstanceOf(AbortedError);
  });

  test('an object that changes between its pieces is refused', async () => {
    await open().create('large', [large(2 * PIECE)]);
    let pieces = 0;
    server.fault = ({ method, key }) => {
      const kept = server.objects.get(key);
      if (method === 'GET' && kept && pieces++ === 1) {
        server.objects.set(key, { ...kept, etag: '"other"' });
      }
      return undefined;
    };
    await expect(readObject(open(), 'large')).rejects.toThrow(/it changed while it was read\.$/);
  });
});

const REFUSALS: readonly [fault: Fault, sentence: string][] = [
  [
    { status: 403, code: 'SignatureDoesNotMatch' },
    'the server refuses the signature: AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID.',
  ],
  [{ status: 403, code: 'InvalidAccessKeyId' }, 'HOST does not know the key in AWS_ACCESS_KEY_ID.'],
  [
    { status: 400, code: 'ExpiredToken' },
    'AWS_SESSION_TOKEN has expired or belongs to other keys; get new ones.',
  ],
  [{ status: 404, code: 'NoSuchBucket' }, 'there is no bucket bucket at HOST.'],
  [
    { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    'the bucket lies in the region eu-west-1, not us-east-1; set AWS_REGION=eu-west-1.',
  ],
  [{ status: 307 }, 'the bucket does not lie in the region us-east-1; set AWS_REGION to its own.'],
  [{ status: 507, code: 'XMinioStorageFull' }, 'the store is full; nothing was written.'],
  [{ status: 418 }, 'the server at HOST answered 418.'],
  [{ status: 400, code: 'KeyTooLongError' }, 'the server at HOST answered 400 (KeyTooLongError).'],
];

describe('what is refused is one sentence', () => {
  const host = () => new URL(server.endpoint).host;

  test.each(REFUSALS)('%o', async (fault, sentence) => {
    server.fault = ({ method }) => (method === 'HEAD' ? { status: 404 } : fault);
    const expected = sentence.replace('HOST', host());
    const name = 's3://bucket/some/prefix';
    await expect(put(open(), 'a', 1)).rejects.toThrow(`${name}/a: ${expected}`);
    await expect(open().list('')).rejects.toThrow(`${name}: ${expected}`);
    if (!expected.includes('no bucket')) {
      await expect(open().remove('a')).rejects.toThrow(`${name}/a: ${expected}`);
    }
    await expect(open().readInto('a', 0, new Uint8Array(1))).rejects.toThrow(expected);
  });

  test('a clock that is wrong', async () => {
    server.fault = () => ({ status: 403, code: 'RequestTimeTooSkewed' });
    await expect(open().size('a')).rejects.toThrow(
      /the clock of this machine \(\d{4}-.*\) is too far from the server's \(.* GMT\); set it right\.$/,
    );
  });

  test('access denied, with keys and without', async () => {
    server.fault = () => ({ status: 403, code: 'AccessDenied' });
    await expect(open().size('a')).rejects.toThrow(
      'access is denied (403 AccessDenied): the keys in AWS_ACCESS_KEY_ID may not do this',
    );
    await expect(
      open({ s3: { endpoint: server.endpoint, credentials: false } }).size('a'),
    ).rejects.toThrow(
      'access is denied (403 AccessDenied), and no keys are set: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  });

  test('a server that is not there, one that does not exist, one that is no S3', async () => {
    const at = (endpoint: string) => open({ attempts: 2, s3: { endpoint } });
    const gone = await objectServer();
    await gone[Symbol.asyncDispose]();
    await expect(at(gone.endpoint).list('')).rejects.toThrow(
      `s3://bucket/some/prefix: nothing answers at ${new URL(gone.endpoint).host}, 2 times.`,
    );
    await expect(at('http://no-such-host.invalid').list('')).rejects.toThrow(
      's3://bucket/some/prefix: there is no server no-such-host.invalid (ENOTFOUND).',
    );
    server.fault = () => ({ status: 200 });
    await expect(open().list('')).rejects.toThrow(/does not speak S3\.$/);
  });

  test.each([
    ['s3://', 'the address of a store is s3://bucket/prefix.'],
    ['s3://a b/c', 'the address of a store is s3://bucket/prefix.'],
    ['s3://bucket/a?versionId=1', 'the prefix of a store is a plain path, without ? and #.'],
    ['s3://bucket/../other', 'the prefix of a store is a plain path'],
    ['s3://me:hidden@bucket/x', 'keys do not belong into an address'],
  ])('%s', (address, sentence) => {
    expect(() => openStore(address)).toThrow(sentence);
    expect(() => openStore(address)).not.toThrow(/hidden/);
  });

  test('a store that holds no table, and one among files', async () => {
    environment({});
    await expect(read('s3://bucket/nothing')).rejects.toThrow(
      's3://bucket/nothing: the store holds no table; tammes shard writes one.',
    );
    await expect(read(['s3://bucket/nothing', 'a.npy'])).rejects.toThrow(
      's3://bucket/nothing: a sharded table is read alone, without other files.',
    );
  });
});

function environment(variables: Readonly<Record<string, string>>): void {
  const all = {
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_SESSION_TOKEN: KEYS.sessionToken,
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ENDPOINT_URL_S3: undefined,
    AWS_REGION: undefined,
    ...variables,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
}

test('a program says where and with which keys', async () => {
  const s3 = { endpoint: server.endpoint, credentials: KEYS };
  const table = 'label,x0,x1\na,1,2\nb,3,4\n';
  const { manifest } = await shard(new TextEncoder().encode(table), 's3://bucket/own', { s3 });
  expect(manifest.rows).toBe(2);
  expect((await read('s3://bucket/own', { s3 })).labels).toEqual(['a', 'b']);
  expect(server.requests.every(({ headers }) => headers.authorization?.includes('THEKEY'))).toBe(
    true,
  );
});

describe('the environment', () => {
  test('says where, in which region and with which keys', async () => {
    environment({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_S3: server.endpoint,
      AWS_REGION: 'mars-1',
    });
    await put(openStore('s3://bucket/x'), 'a', 1);
    const { headers } = server.requests[0];
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=THEKEY\/\d{8}\/mars-1\/s3\/aws4_request, /,
    );
    expect(headers['x-amz-security-token']).toBe('thetoken');
  });

  test('without keys nothing is signed', async () => {
    environment({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    await openStore('s3://bucket/x').size('a');
    expect(server.requests[0].headers.authorization).toBeUndefined();
  });

  test.each([
    [{ AWS_SECRET_ACCESS_KEY: '' }, 'AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not.'],
    [{ AWS_ACCESS_KEY_ID: '' }, 'AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not.'],
    [{ AWS_SESSION_TOKEN: 'the\ntoken' }, 'AWS_SESSION_TOKEN holds a character that no key has.'],
    [{ AWS_ENDPOINT_URL: 'localhost:9000' }, 'an address such as https://host:9000 is expected.'],
    [{ AWS_ENDPOINT_URL: 'http://me:hidden@host' }, 'keys do not belong into an address.'],
  ])('%o', async (variables, sentence) => {
    environment(variables as Record<string, string>);
    const error: unknown = await openStore('s3://bucket/x')
      .size('a')
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(sentence);
    expect(String(error)).not.toContain('hidden');
  });
});

test('no secret is in a name, an address, a message or what lies behind it', async () => {
  const texts: string[] = [];
  const faults: Fault[] = [
    ...REFUSALS.map(([fault]) => fault),
    { status: 403 },
    { status: 500 },
    'reset',
    'short',
  ];
  for (const fault of faults) {
    for (const only of [/./, /GET|PUT/]) {
      server.fault = ({ method }) => (only.test(method) ? fault : { status: 404 });
      const store = open({ attempts: 2 });
      texts.push(store.name, store.address);
      for (const work of [() => store.size('a'), () => store.list(''), () => put(store, 'a', 1)]) {
        await work().catch((error: Error) => {
          for (let at: unknown = error; at instanceof Error; at = at.cause) {
            texts.push(at.message, JSON.stringify(at), at.stack ?? '');
          }
        });
      }
    }
  }
  expect(texts.length).toBeGreaterThan(60);
  for (const text of texts) {
    expect(text).not.toMatch(/THEKEY|thesecretofthekey|thetoken|SECRET<|Signature=/);
  }
});
