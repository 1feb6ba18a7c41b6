import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { sha256 } from '../src/core/sha256.ts';
import { read, write } from '../src/io/index.ts';
import { openVectors } from '../src/io/open.ts';
import {
  newestManifest,
  type ObjectStore,
  openStore,
  readObject,
  writeShards,
} from '../src/io/sharded/index.ts';
import { outputKey } from '../src/jobs/task.ts';
import { type ObjectServer, objectServer } from '../src/testing/object-server.ts';
import { bin, commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-shard-');
const ROWS = 320;
const COLS = 16;
/** 64 shards. */
const SIZE = String(((ROWS / 64) * COLS * 4) | 0);

let server: ObjectServer;
beforeAll(async () => {
  server = await objectServer();
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: ROWS * COLS }, () => random.normal());
  const labels = Array.from({ length: ROWS }, (_, i) => `row ${i}`);
  await write(at('v.parquet'), { points: matrix(data, ROWS, COLS), labels });
});
afterAll(() => server[Symbol.asyncDispose]());

describe('tammes shard', () => {
  test('writes, appends, describes itself, and names what is damaged', async () => {
    expect(tammes('shard', 'v.parquet', '-o', 'table', '--shard-size', '4096').out).toBe(
      'table: 320 × 16, f4, 5 shards, 25.1 KB, manifest 1\n',
    );
    const again = tammes('shard', 'v.parquet', '-o', 'table');
    expect(again).toMatchObject({
      code: 1,
      err: 'table: the store holds a table of 320 × 16 already; --append (append: true) adds to it.\n',
    });
    const appended = JSON.parse(
      tammes('shard', 'v.parquet', '-o', 'table', '--append', '--json').out,
    );
    expect(appended).toMatchObject({
      store: at('table'),
      rows: 640,
      cols: 16,
      dtype: 'f4',
      shards: 6,
      manifest: 2,
    });
    expect(tammes('info', 'table', '--verify').out).toMatch(
      /verified {4}12 objects, .*: all as they were written\n$/,
    );
    const [shard] = readdirSync(at('table/shards'));
    writeFileSync(at(`table/shards/${shard}`), 'damaged');
    const verified = tammes('info', 'table', '--verify', '--json');
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.out).verified.damaged).toEqual([
      {
        key: `shards/${shard}`,
        reason: expect.stringMatching(
          /^the object has 7 bytes, and the manifest names \d+: it was damaged or replaced\.$/,
        ),
      },
    ]);
  });

  test.each([
    [['shard'], /option "files" must be a file of vectors at least/],
    [['shard', 'v.parquet'], /option "output" must be a folder or s3:\/\/bucket\/prefix/],
    [
      ['shard', 'v.parquet', '-o', '.'],
      /^\.: the folder holds something else \(.*\); name an empty one/,
    ],
    [
      ['shard', 'v.parquet', '-o', 'v.parquet'],
      /^v\.parquet: this is a file; a folder is expected\.\n$/,
    ],
    [
      ['shard', 'v.parquet', '-o', 'n', '--shard-size', 'big'],
      /Expected a number of bytes, such as 64MB/,
    ],
    [
      ['shard', 'v.parquet', '-o', 'n', '--shard-size', '1GB'],
      /"shardBytes" must be above 0, at most 256 MiB/,
    ],
    [
      ['shard', 'v.parquet', '-o', 'https://host/x'],
      /^https:\/\/host\/x: a web server is read, not written/,
    ],
    [['shard', '--clean', 'nowhere'], /^nowhere: there is no such folder\.\n$/],
    [['shard', 'v.parquet', '--clean', 'x'], /"clean" must be given alone/],
    [
      ['info', 'v.parquet', '--verify'],
      /"verify" must be left out where there is no sharded table/,
    ],
    [
      ['convert', 'v.parquet', 's3://bucket/x'],
      /^s3:\/\/bucket\/x: a file is written here; tammes shard writes into a store\.\n$/,
    ],
  ])('%j is refused in a sentence', (words, sentence) => {
    const { code, err } = tammes(...words);
    expect(code).not.toBe(0);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('compress in workers gives the file of the rows in memory', () => {
    tammes('shard', 'v.parquet', '-o', 'coded', '--shard-size', '16KB');
    expect(tammes('compress', 'v.parquet', '-o', 'whole.tammes').code).toBe(0);
    const spread = tammes('compress', 'coded', '-o', 'spread.tammes', '--workers', '2');
    expect(spread.err).toMatch(/^Wrote \d+ × \d+ to spread\.tammes\n$/);
    expect(readFileSync(at('spread.tammes'))).toEqual(readFileSync(at('whole.tammes')));
    const refused = tammes('compress', 'v.parquet', '-o', 'x.tammes', '--workers', '2');
    expect(refused.err).toMatch(/^compress: option "workers" must be left out for files/);
  });

  test('clean leaves what is young and what a manifest names', () => {
    tammes('shard', 'v.parquet', '-o', 'cleaned', '--shard-size', '16KB');
    writeFileSync(at('cleaned/shards/left.f4'), 'young');
    expect(tammes('shard', '--clean', 'cleaned').out).toMatch(
      /^cleaned: 0 objects .* 0 unfinished/,
    );
    const torn = 'left.f4.00000000-0000-0000-0000-000000000000.tmp';
    writeFileSync(at(`cleaned/shards/${torn}`), 'torn');
    const outputs = at(`cleaned/${outputKey('')}`);
    mkdirSync(outputs, { recursive: true });
    for (const name of ['old', 'young']) writeFileSync(`${outputs}${name}`, name);
    spawnSync('touch', [
      '-d',
      '2 days ago',
      `${outputs}old`,
      ...readdirSync(at('cleaned/shards')).map((name) => at(`cleaned/shards/${name}`)),
    ]);
    expect(JSON.parse(tammes('shard', '--clean', 'cleaned', '--json').out)).toEqual({
      objects: 1,
      outputs: 1,
      unfinished: 1,
    });
    expect(readdirSync(outputs)).toEqual(['young']);
    expect(tammes('info', 'cleaned', '--verify').code).toBe(0);
  });

  test('jobs says what lies in a store, with no queue', () => {
    tammes('shard', 'v.parquet', '-o', 'kept', '--shard-size', '4096');
    expect(tammes('jobs', '--store', 'kept').out).toBe(
      'No command works in kept; 0 outputs of tasks lie there.\n',
    );
    tammes('measure', 'kept', '--duplicates', '--keep-work');
    const told = JSON.parse(tammes('jobs', '--store', 'kept', '--json').out);
    expect(told).toMatchObject({ commands: 0, old: 0, plans: [] });
    expect(told.outputs).toBeGreaterThan(0);
  });

  test('a full disk is a sentence, and the table that was there stays', ({ skip }) => {
    mkdirSync(at('small'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', at('small')]);
    if (mounted.status !== 0) skip('no small file system can be mounted here');
    onTestFinished(() => void spawnSync('umount', [at('small')]));
    expect(tammes('shard', 'v.parquet', '-o', 'small/t', '--shard-size', '2KB').code).toBe(0);
    const full = tammes('shard', 'v.parquet', '-o', 'small/t', '--append', '--shard-size', '3KB');
    expect(full.code).toBe(1);
    expect(full.err).toMatch(
      /^small\/t\/(shards|manifests)\/\S+: the disk is full; nothing was written\.\n$/,
    );
    expect(readdirSync(at('small/t/shards')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(tammes('info', 'small/t', '--verify').out).toMatch(
      /320 × 16(.|\n)*all as they were written/,
    );
  });
});

describe('tammes shard killed at twenty moments', () => {
  const random = Random.fromSeed(7);

  /** Starts a run; the promise ends with it. */
  function started(address: string) {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    const words = ['shard', at('v.parquet'), '-o', address, '--shard-size', SIZE, '--quiet'];
    const child = spawn(process.execPath, [bin, ...words], { env, stdio: 'ignore' });
    return { child, ended: new Promise((done) => child.on('exit', done)) };
  }

  const storeAt = (address: string): ObjectStore =>
    openStore(address, { s3: { endpoint: server.endpoint, credentials: false } });

  const keysOf = async (store: ObjectStore) => [
    ...(await store.list('manifests/')),
    ...(await store.list('shards/')),
  ];

  /** Whatever is there is whole; then another run ends as one that was never killed. */
  async function requireWhole(address: string, expected: readonly string[]): Promise<void> {
    const store = storeAt(address);
    const keys = await keysOf(store);
    for (const key of keys) {
      const [, name] = /^shards\/([0-9a-f]{64})\./.exec(key) ?? [];
      const bytes = await readObject(store, key);
      if (name !== undefined) expect(await sha256(bytes ?? new Uint8Array())).toBe(name);
    }
    const found = await newestManifest(store);
    expect(found?.manifest.rows ?? ROWS).toBe(ROWS);
    if (!found) {
      await sharded(store);
    }
    expect(await keysOf(store)).toEqual(expected);
  }

  async function sharded(store: ObjectStore): Promise<void> {
    const file = await openVectors(at('v.parquet'));
    await writeShards(file, store, { shardBytes: Number(SIZE) });
    await file.close();
  }

  async function reference(address: string): Promise<readonly string[]> {
    await sharded(storeAt(address));
    return keysOf(storeAt(address));
  }

  test('into a folder', async () => {
    const expected = await reference(at('reference'));
    for (let i = 0; i < 20; i++) {
      const path = at(`killed-${i}`);
      const moment = Math.floor(random.uniform() * expected.length);
      const { child, ended } = started(path);
      const watch = setInterval(() => {
        const shards = `${path}/shards`;
        if (existsSync(shards) && readdirSync(shards).length > moment) child.kill('SIGKILL');
      }, 1);
      await ended;
      clearInterval(watch);
      await requireWhole(path, expected);
      rmSync(path, { recursive: true });
    }
    expect((await read(at('reference'))).points).toEqual((await read(at('v.parquet'))).points);
  });

  test('into a bucket', async () => {
    server.requests.length = 0;
    const expected = await reference('s3://bucket/reference');
    const requests = server.requests.length;
    for (let i = 0; i < 20; i++) {
      const address = `s3://bucket/killed-${i}`;
      const moment = Math.floor(random.uniform() * requests);
      const { child, ended } = started(address);
      let asked = 0;
      server.came = () => {
        if (asked++ === moment) child.kill('SIGKILL');
      };
      await ended;
      server.came = () => {};
      await requireWhole(address, expected);
    }
  });
});
