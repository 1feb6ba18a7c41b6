import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeLaws } from '../../testing/store-laws.ts';
import { openStore } from './index.ts';

const FAST = { pause: 1, attempts: 4 };

describe('s3rver, which checks signatures and takes no notice of conditions', () => {
  let folder = '';
  let endpoint = '';
  let double: { run(): Promise<{ address: string; port: number }>; close(): Promise<void> };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tammes-s3rver-'));
    const S3rver = createRequire(import.meta.url)('@20minutes/s3rver');
    double = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: folder,
      configureBuckets: [{ name: 'bucket' }],
    });
    endpoint = `http://127.0.0.1:${(await double.run()).port}`;
  });
  afterAll(async () => {
    await double.close();
    await rm(folder, { recursive: true });
  });

  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  let stores = 0;
  storeLaws(() => openStore(`s3://bucket/${stores++}`, { ...FAST, s3: { endpoint, credentials } }));

  test('keys it does not know, and a secret of another key', async () => {
    const openWith = (keys: typeof credentials) =>
      openStore('s3://bucket/x', { ...FAST, s3: { endpoint, credentials: keys } });
    await expect(openWith({ ...credentials, secretAccessKey: 'other' }).list('')).rejects.toThrow(
      /refuses the signature/,
    );
    await expect(openWith({ ...credentials, accessKeyId: 'other' }).size('a')).rejects.toThrow(
      /does not know the key in AWS_ACCESS_KEY_ID/,
    );
    await expect(
      openStore('s3://vanished/x', { ...FAST, s3: { endpoint, credentials } }).list(''),
    ).rejects.toThrow(/there is no bucket vanished at 127\.0\.0\.1/);
  });
});
