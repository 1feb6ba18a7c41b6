import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionInfo } from '../src/apps/studio/contract.ts';
import { httpConnection } from '../src/apps/studio/page/connection/http.ts';
import { read } from '../src/io/index.ts';
import { commandIn, started } from './shared/command.ts';

const { at, tammes, folder } = commandIn('tammes-studio-');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PATHS = [
  'pictures/a.png',
  '../outside.png',
  'pictures/%2e%2e/../../outside.png',
  'link.png',
  'linked/outside.png',
  '/etc/passwd',
  'pictures/none.png',
  'drawing.svg',
  'https://example.com/a.png',
  'pictures',
  'sound.wav',
  'facts.csv',
];
mkdirSync(at('data/pictures'), { recursive: true });
mkdirSync(at('secret'));
for (const file of ['outside.png', 'secret/outside.png', 'data/pictures/a.png'])
  writeFileSync(at(file), PNG);
writeFileSync(at('data/drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
writeFileSync(at('data/sound.wav'), 'RIFF\0\0\0\0WAVEfmt ');
symlinkSync(at('outside.png'), at('data/link.png'));
symlinkSync(at('secret'), at('data/linked'));
const rows = PATHS.map((path, i) => `row${i},${Math.cos(i)},${Math.sin(3 * i)},${i / 9},${path}`);
writeFileSync(at('data/rows.csv'), ['label,a,b,c,file', ...rows].join('\n'));
writeFileSync(
  at('facts.csv'),
  ['label,kind', ...PATHS.map((_, i) => `row${i},k${i % 2}`)].join('\n'),
);
writeFileSync(at('broken.npy'), '\x93NUMPY broken');
const TABLE = [at('data/rows.csv'), '--vector', 'a,b,c'];

function connected(line: string) {
  const { url } = JSON.parse(line) as { url: string };
  const { origin, hash } = new URL(url);
  return httpConnection({
    url: origin,
    token: new URLSearchParams(hash.slice(1)).get('token') ?? '',
  });
}

describe('tammes studio', () => {
  let studio: Awaited<ReturnType<typeof started>>;
  let connection: ReturnType<typeof connected>;
  beforeAll(async () => {
    studio = await started(folder, 'studio', ...TABLE, 'data/rows.csv', '--json');
    connection = connected(studio.line);
  });
  afterAll(async () => {
    // The line was all that was printed, and an end by Ctrl-C is an ordinary one.
    expect(await studio.stop()).toEqual({ code: 0, out: `${studio.line}\n`, err: '' });
  });

  test('prints one line with the address, whose token has 256 bits', async () => {
    expect(Object.keys(JSON.parse(studio.line))).toEqual(['url']);
    expect(JSON.parse(studio.line).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/);
  });

  test('each file is a table of its own', async () => {
    const { tables } = await connection.info();
    expect(tables.map(({ id, rows, columns }) => [id, rows, columns])).toEqual([
      ['a', 12, 3],
      ['b', 12, 3],
    ]);
  });

  test('pictures and sounds come from the folder of the file alone', async () => {
    const answers = [];
    for (const row of PATHS.keys()) {
      answers.push(
        await connection.media('a', 'file', row).then(
          ({ type, size }) => `${type} ${size}`,
          (cause: Error) => cause.message.replace(/^media: /, ''),
        ),
      );
    }
    const outside = (path: string) => `${path} lies outside the folder of the opened file.`;
    expect(answers).toEqual([
      'image/png 16',
      outside(PATHS[1]),
      'there is no file pictures/%2e%2e/../../outside.png.',
      outside(PATHS[3]),
      outside(PATHS[4]),
      outside(PATHS[5]),
      'there is no file pictures/none.png.',
      expect.stringMatching(/^drawing.svg is no picture or sound/),
      expect.stringMatching(/is an address/),
      'pictures is no file.',
      'audio/wav 16',
      'there is no file facts.csv.',
    ]);
  });

  test('the page and its worker are served as scripts', async () => {
    const { origin } = new URL(JSON.parse(studio.line).url);
    for (const [path, type] of [
      ['', 'text/html'],
      ['app.js', 'text/javascript'],
      ['worker.js', 'text/javascript'],
      ['style.css', 'text/css'],
    ]) {
      const response = await fetch(`${origin}/${path}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining(type),
      ]);
    }
  });

  test('a file that is dropped becomes a table, one that is none a sentence', async () => {
    await expect(connection.open(new File(['\x93NUMPY'], 'b.npy'))).rejects.toThrow(
      /^b\.npy: .*\.$/,
    );
    await connection.open(new File(['a,b\n1,2\n3,4\n'], 'dropped.csv'));
    const info: SessionInfo = await connection.info();
    expect(info.tables.map(({ name }) => name).at(-1)).toBe('dropped.csv');
    await expect(connection.media('c', 'a', 0)).rejects.toThrow();
    await connection.undo();
  });
});

describe('wrong use', () => {
  test('files that are none, a port that is taken, a folder as a size', async () => {
    for (const [args, code, sentence] of [
      [['none.npy'], 1, /none\.npy/],
      [['broken.npy'], 1, /broken\.npy: .*\.$/m],
      [['dataset:none'], 2, /dataset:glove/],
      [['--port', '65536'], 2, /integer in \[0, 65535\]/],
      [['--max-file', '0'], 2, /max-file/],
      [['--media', 'none'], 2, /"media" must be a folder/],
      [['mcp', '-'], 2, /standard input/],
      [['replay'], 2, /-o, --output/],
    ] as const) {
      const { code: got, out, err } = tammes('studio', ...args);
      expect([got, out, err]).toEqual([code, '', expect.stringMatching(sentence)]);
      expect(err).not.toMatch(/unexpected error|at .*\.js/);
    }
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, err } = tammes('studio', ...TABLE, '--port', String(port));
    expect([code, err]).toEqual([2, expect.stringMatching(/a port that is free/)]);
    other.close();
  });
});

describe('tammes studio replay', () => {
  const recipe = at('recipe.json');
  let points: Float32Array;
  const json = (...args: string[]) => {
    const { code, out, err } = tammes('studio', 'replay', ...args, '--json', '--quiet');
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out);
  };
  beforeAll(async () => {
    const studio = await started(
      folder,
      'studio',
      ...TABLE,
      '--metadata',
      at('facts.csv'),
      '--json',
    );
    const connection = connected(studio.line);
    await connection.call('map', { method: 'pca', id: '../places' });
    await connection.call('map', { method: 'umap', id: 'undone', quality: false });
    await connection.undo();
    points = (await connection.call('coordinates', { map: '../places' })).arrays?.['points']
      .data as Float32Array;
    writeFileSync(recipe, JSON.stringify(await connection.recipe()));
    await studio.stop();
  });

  test('the recipe says which files, how they were read, and which steps were not undone', () => {
    const { files, steps } = JSON.parse(readFileSync(recipe, 'utf8'));
    expect(files).toEqual([
      {
        id: 'a',
        name: TABLE[0],
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        flags: { vector: 'a,b,c', metadata: at('facts.csv') },
      },
    ]);
    expect(steps.map(({ parameters }: { parameters: object }) => parameters)).toEqual([
      { method: 'pca', id: '../places' },
    ]);
  });

  test('the same bytes, under a name that stays in the folder', async () => {
    const told = json(recipe, '-o', at('results'));
    expect(told).toMatchObject({ same: true, sameFiles: true });
    expect(told.steps).toEqual([{ action: 'map', same: true }]);
    expect(readdirSync(at('results')).toReversed()).toEqual(
      told.written.map(({ file }: { file: string }) => file),
    );
    const [map] = told.written.filter(({ kind }: { kind: string }) => kind === 'map');
    const again = await read(join(at('results'), map.file));
    expect(Buffer.from(again.points.data.buffer)).toEqual(Buffer.from(points.buffer));
    // A second time over the first, and the steps in words.
    const { out, err } = tammes('studio', 'replay', recipe, '-o', 'results');
    expect([out.split('\n').length, err]).toEqual([
      told.written.length + 1,
      expect.stringMatching(/^Every step made the same bytes as in the session\.$/m),
    ]);
  });

  test('tables, selections and axes as the page exports them', async () => {
    const studio = await started(folder, 'studio', ...TABLE, '--json');
    const connection = connected(studio.line);
    await connection.call('center');
    await connection.call('select', { rows: [0, 3], name: 'two' });
    await connection.call('axis', { low: [0, 1], high: [3, 4], name: 'way' });
    const exported = await Promise.all(
      [
        { what: 'points', format: 'csv' },
        { what: 'ids', selection: 'two' },
        { what: 'axis', axis: 'way' },
      ].map(
        async (parameters) => (await connection.call('export', parameters)).arrays?.['bytes'].data,
      ),
    );
    const steps = at('steps.json');
    writeFileSync(steps, JSON.stringify(await connection.recipe()));
    await studio.stop();
    const { same, written } = json(steps, '-o', at('all'));
    expect(same).toBe(true);
    const files = written.map(({ file }: { file: string }) => file);
    expect(files).toEqual(['table-a.csv', 'selection-two.txt', 'axis-way.safetensors']);
    for (const [i, file] of files.entries())
      expect(readFileSync(join(at('all'), file))).toEqual(Buffer.from(exported[i] as Uint8Array));
  });

  test('the same vectors in another format are the same file; others are told', () => {
    tammes('convert', ...TABLE, at('moved.npy'));
    expect(
      json(recipe, at('moved.npy'), '--metadata', at('data/rows.csv'), '-o', 'moved').same,
    ).toBe(true);
    writeFileSync(at('other.csv'), 'label,a,b,c\nrow0,1,2,3\nrow1,4,5,7\n');
    const other = tammes('studio', 'replay', recipe, 'other.csv', '-o', 'other');
    expect([other.code, other.err]).toEqual([
      1,
      expect.stringMatching(/other vectors.*other\.csv/),
    ]);
  });

  test('a digest that differs is an exit code and a sentence', () => {
    const text = readFileSync(recipe, 'utf8').replace(/"digest":"../, '"digest":"zz');
    writeFileSync(at('changed.json'), text);
    const { code, err } = tammes('studio', 'replay', 'changed.json', '-o', 'changed');
    expect([code, err]).toEqual([1, expect.stringMatching(/^1 of 1 steps made other bytes/m)]);
  });

  test('what is no recipe, too many files, and a folder that is a file', () => {
    writeFileSync(at('no.json'), '{"steps":[{"action":"map"}]}');
    for (const [args, code, sentence] of [
      [['no.json', '-o', 'x'], 1, /is not a recipe of tammes studio/],
      [['rows.txt', '-o', 'x'], 1, /rows\.txt/],
      [[recipe, 'a.npy', 'b.npy', '-o', 'x'], 2, /all 1 files/],
      [[recipe, '-o', 'facts.csv'], 1, /facts\.csv/],
    ] as const) {
      const { code: got, err } = tammes('studio', 'replay', ...args);
      expect([got, err]).toEqual([code, expect.stringMatching(sentence)]);
      expect(err).not.toMatch(/unexpected error|at .*\.js/);
    }
  });
});
