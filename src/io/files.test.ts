import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError, UnsupportedError } from '../core/errors.ts';
import * as browser from './files.browser.ts';
import {
  convert,
  encode,
  info,
  read,
  readBlocks,
  readLabels,
  type VectorTable,
  write,
  writeLabels,
} from './index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tammes-io-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const table: VectorTable = {
  points: { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, cols: 2 },
  labels: ['one', 'two', 'three'],
};

describe('reading', () => {
  it('takes a path, a file URL, bytes, a buffer and a Blob', async () => {
    await write(at('a.npy'), table);
    const bytes = await encode(table, { format: 'npy' });
    const sources = [
      at('a.npy'),
      pathToFileURL(at('a.npy')),
      bytes,
      bytes.slice().buffer,
      new Blob([bytes.slice()]),
    ];
    for (const source of sources) expect((await read(source)).points).toEqual(table.points);
  });

  it('lies in memory that threads can share', async () => {
    await write(at('a.npy'), table);
    expect((await read(at('a.npy'))).points.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('goes by the content, whatever the name', async () => {
    await write(at('a.txt'), table, { format: 'npy' });
    expect((await read(at('a.txt'))).source?.format).toBe('npy');
  });

  it.each([
    ['a missing file', 'none.npy', /none\.npy: there is no such file or folder\.$/],
    ['a folder with nothing in it', 'hollow', /hollow: the folder has no file of vectors\.$/],
    ['an empty file', 'empty.npy', /empty\.npy: the file is empty\.$/],
    ['text under the name of npy', 'text.npy', /an npy file begins with the bytes/],
  ])('%s gives one sentence', async (_, name, expected) => {
    await mkdir(at('hollow'));
    await writeFile(at('empty.npy'), '');
    await writeFile(at('text.npy'), 'hello, this is text');
    const error: unknown = await read(at(name)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(expected);
  });

  it('closes the file when a reader of blocks stops early', async () => {
    await write(at('a.npy'), table);
    for await (const block of readBlocks(at('a.npy'), 1)) {
      expect(block.points.rows).toBe(1);
      break;
    }
    const handles = await readdir('/proc/self/fd').catch(() => []);
    expect(handles.length).toBeLessThan(200);
  });

  it('a file that becomes shorter while it is read is one sentence', async () => {
    await write(at('a.npy'), table);
    const blocks = readBlocks(at('a.npy'), 1);
    await blocks.next();
    await truncate(at('a.npy'), 130);
    await expect(blocks.next()).rejects.toThrow(
      `${at('a.npy')}: the file became shorter while it was read.`,
    );
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read is one sentence', async () => {
    await writeFile(at('a.npy'), 'secret', { mode: 0 });
    await expect(read(at('a.npy'))).rejects.toThrow(`${at('a.npy')}: permission denied.`);
  });

  it('a Buffer of Node is bytes as any other', async () => {
    const bytes = await encode(table, { format: 'parquet' });
    for (let offset = 0; offset < 4; offset++) {
      const buffer = Buffer.alloc(bytes.length + offset);
      buffer.set(bytes, offset);
      expect((await read(buffer.subarray(offset))).points).toEqual(table.points);
    }
  });

  it('takes labels from a file of their own, one a line', async () => {
    await write(at('a.npy'), table);
    await writeLabels(at('labels.txt'), table.labels ?? []);
    expect((await read(at('a.npy'), { labelsFrom: at('labels.txt') })).labels).toEqual(
      table.labels,
    );
    await writeLabels(at('short.txt'), ['one']);
    await expect(read(at('a.npy'), { labelsFrom: at('short.txt') })).rejects.toThrow(
      /the file has 3 rows, but 1 labels were given/,
    );
  });
});

describe('labels in a file', () => {
  it('keep line breaks, quotation marks and blanks', async () => {
    const labels = [
      'plain',
      'two\nlines',
      '"quoted"',
      '"',
      '',
      ' lead',
      'tab\t',
      'комета',
      '\r',
      '\ufeff',
    ];
    await writeLabels(at('labels.txt'), labels);
    expect(await readLabels(at('labels.txt'))).toEqual(labels);
    expect((await readFile(at('labels.txt'), 'utf8')).split('\n')[0]).toBe('plain');
  });
});

describe('writing', () => {
  it('leaves only the file, with its bytes', async () => {
    const done = await write(at('a.npy'), table);
    expect(await readdir(folder)).toEqual(['a.npy']);
    expect(done).toEqual({
      path: at('a.npy'),
      format: 'npy',
      rows: 3,
      cols: 2,
      bytes: 152,
      dropped: ['labels'],
    });
    expect(new Uint8Array(await readFile(at('a.npy')))).toEqual(
      await encode(table, { format: 'npy' }),
    );
  });

  it('follows a link and keeps it', async () => {
    await writeFile(at('target.npy'), 'old');
    await symlink(at('target.npy'), at('link.npy'));
    await write(at('link.npy'), table);
    expect((await read(at('target.npy'))).points.rows).toBe(3);
    expect((await readdir(folder)).sort()).toEqual(['link.npy', 'target.npy']);
  });

  it('keeps the permissions of the file it replaces', async () => {
    await writeFile(at('a.npy'), 'old', { mode: 0o600 });
    await write(at('a.npy'), table);
    expect((await stat(at('a.npy'))).mode & 0o777).toBe(0o600);
  });

  it('a file can be converted onto itself', async () => {
    await write(at('a.npy'), table);
    await convert(at('a.npy'), at('a.npy'), { dtype: 'f8' });
    expect((await info(at('a.npy'))).dtype).toBe('f8');
    expect((await read(at('a.npy'))).points).toEqual(table.points);
  });

  it('stops half-way without a trace, and the old file stays', async () => {
    await writeFile(at('a.txt'), 'old');
    const bad = { ...table, labels: ['one', 'two', 'a\nb'] };
    await expect(write(at('a.txt'), bad)).rejects.toThrow(/line break/);
    expect(await readdir(folder)).toEqual(['a.txt']);
    expect(await readFile(at('a.txt'), 'utf8')).toBe('old');
  });

  it('a full disk is one sentence, and nothing stays', async () => {
    const handle = await open(at('probe'), 'w');
    await handle.close();
    await rm(at('probe'));
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'write').mockRejectedValue(full);
    await expect(write(at('a.npy'), table)).rejects.toThrow(
      `${at('a.npy')}: the disk is full; nothing was written.`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'a device that is always full is one sentence',
    async () => {
      await expect(write('/dev/full', table, { format: 'npy' })).rejects.toThrow(
        '/dev/full: the disk is full; nothing was written.',
      );
    },
  );

  it.each([
    ['into a folder that is not there', 'no/a.npy', /there is no folder .*no to write into/],
    ['onto a folder', 'sub.npy', /this is a folder; a file is expected/],
    ['under a file', 'file/a.npy', /a part of the path is a file|there is no folder/],
    ['without an extension that says how', 'a.xyz', /extension names no format; use one of \.npy/],
  ])('%s gives one sentence', async (_, name, expected) => {
    await mkdir(at('sub.npy'));
    await writeFile(at('file'), '');
    const error: unknown = await write(at(name), table).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(expected);
    expect((await readdir(folder)).sort()).toEqual(['file', 'sub.npy']);
  });

  it('refuses a type the format does not have', async () => {
    await expect(write(at('a.csv'), table, { dtype: 'f2' })).rejects.toThrow(
      /text only; not as f2/,
    );
    await expect(write(at('a.parquet'), table, { dtype: 'i1' })).rejects.toThrow(
      /as f4, f8, f2; not as i1/,
    );
  });
});

describe('converting', () => {
  const formats = [
    'npy',
    'npz',
    'txt',
    'vec',
    'bin',
    'safetensors',
    'csv',
    'tsv',
    'jsonl',
    'parquet',
    'arrow',
  ];
  it('through all formats ends where it began', async () => {
    const rows = 2000;
    const data = Float32Array.from({ length: rows * 3 }, (_, i) => Math.fround(Math.sin(i)));
    const labels = Array.from({ length: rows }, (_, i) => `w${i}`);
    await write(at('0.csv'), { points: { data, rows, cols: 3 }, labels });
    let from = at('0.csv');
    for (const [i, extension] of formats.entries()) {
      const to = at(`${i + 1}.${extension}`);
      await writeLabels(at('labels.txt'), labels);
      await convert(from, to, { read: { labelsFrom: at('labels.txt') } });
      from = to;
    }
    const back = await read(from);
    expect(back.points.data).toEqual(data);
    expect(back.labels).toEqual(labels);
  });

  it('says what the format has no place for', async () => {
    await write(at('a.csv'), { ...table, columns: { note: ['x', 'y', 'z'] } });
    expect((await convert(at('a.csv'), at('a.npy'))).dropped).toEqual(['labels', 'note']);
    expect((await convert(at('a.csv'), at('a.parquet'))).dropped).toEqual([]);
  });

  it('stops when it is told to, without a trace', async () => {
    await write(at('a.csv'), table);
    const signal = AbortSignal.abort();
    await expect(convert(at('a.csv'), at('a.npy'), { signal })).rejects.toThrow(
      /stopped on request/,
    );
    expect(await readdir(folder)).toEqual(['a.csv']);
  });
});

describe('in a browser', () => {
  it('a File is read like a path, and its name counts', async () => {
    const source = await browser.openSource(
      new File([(await encode(table, { format: 'npy' })).slice()], 'x.npy'),
    );
    expect([source.name, source.size]).toEqual(['x.npy', 152]);
    expect([...(await source.read(1, 5))]).toEqual([...new TextEncoder().encode('NUMPY')]);
    await expect(source.read(150, 5)).rejects.toThrow(/the file is truncated/);
  });

  it('paths can be neither read nor written', async () => {
    await expect(browser.openSource('a.npy')).rejects.toBeInstanceOf(UnsupportedError);
    await expect(browser.createOutput('a.npy')).rejects.toBeInstanceOf(UnsupportedError);
  });

  it('a URL is fetched', async () => {
    const bytes = await encode(table, { format: 'npy' });
    vi.stubGlobal('fetch', async (url: URL) =>
      url.pathname === '/data/a.npy'
        ? new Response(bytes.slice())
        : new Response('', { status: 404 }),
    );
    const source = await browser.openSource(new URL('https://example.org/data/a.npy'));
    expect([source.name, source.size]).toEqual(['a.npy', 152]);
    await expect(browser.openSource(new URL('https://example.org/b'))).rejects.toThrow(
      /answered 404/,
    );
    vi.unstubAllGlobals();
  });
});
