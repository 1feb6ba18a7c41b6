import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gunzipped, unpacked as unpackedInBrowser } from './browser/unpacked.ts';
import { openSource } from './files.ts';
import { encode, info, read, readLabels, type VectorTable } from './index.ts';
import { compressionOf } from './support/compression.ts';
import { crc32 } from './support/crc32.ts';
import { bytesSource } from './support/memory.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-packed-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const table: VectorTable = {
  points: { data: Float32Array.of(1, 2, 3, 4.5, 5, 6), rows: 3, cols: 2 },
  labels: ['one', 'two', 'three'],
};

const { zstdCompressSync: zstd } = zlib as { zstdCompressSync?: (bytes: Uint8Array) => Buffer };

/** All that comes out in a browser. */
async function inBrowser(bytes: Uint8Array): Promise<Buffer> {
  const source = await unpackedInBrowser(bytesSource(bytes, 'a.gz'));
  return Buffer.from(await source.read(0, source.size));
}

/** All that comes out in Node. */
async function inNode(bytes: Uint8Array): Promise<Buffer> {
  const source = await openSource(bytes);
  try {
    return Buffer.from(await source.read(0, source.size));
  } finally {
    await source.close();
  }
}

const both = [
  ['Node', inNode],
  ['a browser', inBrowser],
] as const;

/** Bytes that hardly pack, so that they come in many pieces. */
const noise = (n: number): Buffer => {
  let state = 1;
  return Buffer.from(
    Array.from({ length: n }, () => {
      state = (state * 16807) % 2147483647;
      return state & 0xff;
    }),
  );
};

describe('a file that is packed by gzip', () => {
  test.each(['csv', 'tsv', 'jsonl', 'glove', 'word2vec-text', 'npy', 'parquet'] as const)(
    'is read as the %s that is in it',
    async (format) => {
      const plain = await encode(table, { format });
      const extension = { glove: 'txt', 'word2vec-text': 'vec' }[format as string] ?? format;
      const path = at(`a.${extension}.gz`);
      writeFileSync(path, zlib.gzipSync(plain));
      const found = await read(path);
      const same = await read(plain, { format });
      expect([found.points, found.labels]).toEqual([same.points, same.labels]);
      expect(found.source).toMatchObject({ name: path, format });
      expect(await info(path)).toMatchObject({
        format,
        bytes: zlib.gzipSync(plain).length,
        compression: 'gzip',
      });
    },
  );

  test('serves where labels are read, too', async () => {
    writeFileSync(at('labels.txt.gz'), zlib.gzipSync('one\ntwo\n'));
    expect(await readLabels(at('labels.txt.gz'))).toEqual(['one', 'two']);
  });

  test('is larger than what is held in memory, and leaves nothing behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    const plain = Buffer.alloc(70 << 20, noise(1 << 16));
    const source = await openSource(zlib.gzipSync(plain, { level: 0 }));
    expect(source.size).toBe(plain.length);
    const end = Buffer.from(await source.read(69 << 20, 1 << 20));
    expect(end.equals(plain.subarray(69 << 20))).toBe(true);
    await source.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('and packed twice is refused', async () => {
    const twice = zlib.gzipSync(zlib.gzipSync(await encode(table, { format: 'csv' })));
    await expect(read(twice)).rejects.toThrow(/compressed with gzip; unpack it first/);
  });
});

describe.each(both)('in %s', (_, unpack) => {
  const [a, b, empty] = [noise(100_000), noise(70_001), Buffer.alloc(0)];

  test('all members of a file are read, wherever they end', async () => {
    for (const members of [[a], [a, b], [empty, a, empty, b, empty], [Buffer.from('x'), a]]) {
      const packed = Buffer.concat(members.map((member) => zlib.gzipSync(member)));
      expect((await unpack(packed)).equals(Buffer.concat(members))).toBe(true);
    }
    // A member that ends at the end of a piece.
    for (let n = 32_740; n < 32_750; n++) {
      const members = [a.subarray(0, n), b].map((member) => zlib.gzipSync(member, { level: 0 }));
      const out = await unpack(Buffer.concat(members));
      expect(out.equals(Buffer.concat([a.subarray(0, n), b]))).toBe(true);
    }
  });

  test('a name in the header is passed over', async () => {
    const packed = zlib.gzipSync(a);
    const named = Buffer.concat([
      packed.subarray(0, 3),
      Buffer.of(8),
      packed.subarray(4, 10),
      Buffer.from('name.csv\0'),
      packed.subarray(10),
    ]);
    expect((await unpack(named)).equals(a)).toBe(true);
  });

  test('a cut, a changed byte and something behind the end are refused', async () => {
    const packed = zlib.gzipSync(a);
    const changed = Buffer.from(packed);
    changed[packed.length >> 1] ^= 1;
    const checksum = Buffer.from(packed);
    checksum[packed.length - 6] ^= 1;
    for (const bytes of [
      packed.subarray(0, packed.length >> 1),
      packed.subarray(0, packed.length - 5),
      changed,
      checksum,
      Buffer.concat([packed, Buffer.from('and more')]),
    ]) {
      await expect(unpack(bytes)).rejects.toThrow(/: the gzip data (are damaged|end too early)/);
    }
  });

  test('a bomb is refused', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(1 << 27));
    await expect(unpack(bomb)).rejects.toThrow(
      /the \d+ bytes of gzip unpack to more than 67108864, over 100 times as many; if that is right/,
    );
    expect((await unpack(zlib.gzipSync(Buffer.alloc(1 << 25)))).length).toBe(1 << 25);
  });
});

describe('other ways of packing', () => {
  test.skipIf(!zstd)('Zstandard is read where Node knows it', async () => {
    const plain = await encode(table, { format: 'csv' });
    writeFileSync(at('a.csv.zst'), zstd?.(plain) ?? '');
    expect((await read(at('a.csv.zst'))).points).toEqual(table.points);
    expect(await info(at('a.csv.zst'))).toMatchObject({ format: 'csv', compression: 'zstd' });
    const cut = (zstd?.(plain) ?? Buffer.alloc(0)).subarray(0, -3);
    await expect(read(cut)).rejects.toThrow(/the zstd data (end too early|are damaged)/);
  });

  test.skipIf(zstd)('Zstandard is refused by name where Node does not', async () => {
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x01, 0x09, 0, 0, 0x61);
    await expect(read(frame)).rejects.toThrow(/Zstandard, which Node 22\.15 and later read/);
  });

  test('no browser reads Zstandard', async () => {
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x01, 0x09, 0, 0, 0x61);
    await expect(inBrowser(frame)).rejects.toThrow(/Zstandard, which no browser unpacks/);
  });

  test.each([
    ['bzip2', 'bunzip2', 'BZh91AY&SY\0\0'],
    ['xz', 'unxz', '\xfd7zXZ\0\0\x04'],
    ['LZ4', 'unlz4', '\x04\x22\x4d\x18\0\0'],
  ])('%s is refused with the way out', async (name, program, head) => {
    const bytes = Uint8Array.from(head, (letter) => letter.charCodeAt(0));
    await expect(read(bytes)).rejects.toThrow(
      `the file is compressed with ${name}, which is not read here; unpack it (${program}) or pack it with gzip.`,
    );
  });

  test('a length that looks like the mark of gzip is a safetensors header', () => {
    const head = Buffer.concat([Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), Buffer.from('{"')]);
    expect(compressionOf(head)).toBeUndefined();
    expect(compressionOf(zlib.gzipSync('{"'))).toBe('gzip');
  });
});

test('the checksum is that of "123456789" in the standard, in pieces too', () => {
  const bytes = new TextEncoder().encode('123456789');
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});

test('a browser gets the pieces as they come', async () => {
  const packed = zlib.gzipSync(noise(300_000));
  const sizes: number[] = [];
  for await (const piece of gunzipped(bytesSource(packed))) sizes.push(piece.length);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300_000);
});
