import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { qdrant } from '../src/adapters/databases/qdrant.ts';
import { Random } from '../src/core/random.ts';
import { read, type VectorTable } from '../src/io/index.ts';
import { type QdrantServer, qdrantServer } from '../src/testing/qdrant/server.ts';
import { beside, bin, commandIn, type Run } from './shared/command.ts';

const { folder, at } = commandIn('tammes-qdrant-');
const random = Random.fromSeed(1);
const GROUPS = 40;
const D = 6;
const centers = Array.from({ length: GROUPS }, () =>
  Array.from({ length: D }, () => random.normal()),
);
// Three rows of each group, and a part that all rows share.
const lines = Array.from({ length: 3 * GROUPS }, (_, i) =>
  [
    `w${i}`,
    i % GROUPS,
    ...centers[i % GROUPS].map((x) => (x + 2 + 0.1 * random.normal()).toFixed(4)),
  ].join(),
);
writeFileSync(at('all.csv'), `word,group,a,b,c,d,e,f\n${lines.join('\n')}\n`);
const SAID = ['--label', 'word', '--vector', 'a,b,c,d,e,f'];
const KEY = 'geheim-und-lang';

let server: QdrantServer;
beforeAll(async () => {
  server = await qdrantServer();
  server.key = KEY;
  process.env['QDRANT_API_KEY'] = KEY;
});
afterAll(async () => {
  expect(server.violations).toEqual([]);
  await server[Symbol.asyncDispose]();
  delete process.env['QDRANT_API_KEY'];
});

const tammes = (...args: string[]) => beside(folder, ...args);

/** Every file that was written, and what was printed. */
function everything(...runs: Run[]): string {
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return [
    ...runs.flatMap(({ out, err }) => [out, err]),
    ...files.map((name) => readFileSync(join(folder, name), 'latin1')),
  ].join('\n');
}

/** How many rows have one of their own group nearest. */
function answered({ points: { data, rows, cols }, columns }: VectorTable): number {
  const group = columns?.['group'] ?? [];
  const unit = Array.from({ length: rows }, (_, i) => {
    const row = Array.from(data.subarray(i * cols, (i + 1) * cols));
    return row.map((x) => x / Math.hypot(...row));
  });
  return unit.filter((own, i) => {
    const cosines = unit.map((other, j) =>
      i === j ? -2 : own.reduce((sum, x, k) => sum + x * other[k], 0),
    );
    return group[cosines.indexOf(Math.max(...cosines))] === group[i];
  }).length;
}

test('a collection is filled, measured, dispersed and read back; searches answer as well, and no key is told', async () => {
  const words = `${server.address}/words`;
  const runs = [
    await tammes('convert', 'all.csv', words, ...SAID),
    await tammes('info', words, '--json'),
    await tammes('measure', words, '--json'),
  ];
  const places = [qdrant()];
  const before = await read(words, { places });
  const old = server.aliases.get('words') ?? '';
  runs.push(
    await tammes('disperse', words, '-o', words, '--report', 'r.html', '--json', '--steps', '20'),
    await tammes('compare', `${server.address}/${old}`, words, '--json'),
    await tammes('compress', words, '-o', 'small.tammes', '--codec', 'int8'),
    await tammes('shard', words, '-o', 'table'),
    await tammes(
      'reduce',
      words,
      `--output=${server.address}/maps`,
      '--method',
      'pca',
      '--dim',
      '2',
    ),
    await tammes('convert', `${server.address}/maps`, 'maps.csv'),
  );
  expect(runs.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual(runs.map(() => 0));
  const [filled, told, , dispersed] = runs;
  expect(filled.err).toContain('/words: 120 × 6, qdrant');
  expect(JSON.parse(told.out)).toMatchObject({
    format: 'qdrant',
    rows: 120,
    cols: D,
    labels: 'label',
  });
  expect(dispersed.err).toContain(`the old rows are in ${old}, which may be deleted.`);
  expect(JSON.parse(dispersed.out).recipe.input.name).toBe(words);
  const after = await read(words, { places });
  expect({ labels: after.labels, columns: after.columns }).toEqual({
    labels: before.labels,
    columns: before.columns,
  });
  expect(after.points.data).not.toEqual(before.points.data);
  // Groups are clear: a search that lost something on the way would show it.
  expect(answered(before)).toBeGreaterThan(100);
  expect(answered(after)).toBeGreaterThanOrEqual(answered(before));
  expect(readFileSync(at('maps.csv'), 'utf8').split('\n')[1]).toMatch(/w0/);
  const wrong = [
    await tammes('measure', `qdrant://${KEY}@${new URL(server.address).host}/words`),
    await tammes('disperse', 'all.csv', '-o', `${words}?api_key=${KEY}`, ...SAID),
    await tammes('measure', `${server.address}/none`, '--json'),
    await tammes('disperse', words, '-o', `${server.address}/${old}`),
  ];
  expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
  expect(wrong[0].err).toMatch(
    /^qdrant:\/\/…@127\.0\.0\.1:\d+\/words: a key does not stand in an address: .*QDRANT_API_KEY has it\.\n$/,
  );
  expect(wrong[3].err).toContain('is a collection itself');
  expect(everything(...runs, ...wrong)).not.toContain(KEY);
}, 120_000);

test('killed in the middle of writing, the alias names the old collection and its points are whole', async () => {
  const big = `${server.address}/big`;
  const data = Buffer.from(Float32Array.from({ length: 6000 * 32 }, (_, i) => Math.sin(i)).buffer);
  const shape = "{'descr': '<f4', 'fortran_order': False, 'shape': (6000, 32), }";
  writeFileSync(
    at('big.npy'),
    Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00v\x00${shape.padEnd(117)}\n`, 'latin1'), data]),
  );
  expect((await tammes('convert', 'big.npy', big)).code).toBe(0);
  const old = server.aliases.get('big') ?? '';
  const before = JSON.stringify([...(server.collections.get(old)?.points ?? [])]);
  for (const [request, count] of [
    ['PUT /collections/{collection_name}', 1],
    ['PUT /collections/{collection_name}/points', 1],
    ['PUT /collections/{collection_name}/points', 4],
    ['POST /collections/{collection_name}/points/count', 1],
  ] as const) {
    const child = spawn(process.execPath, [bin, 'convert', 'big.npy', `${big}?replace=true`], {
      cwd: folder,
      stdio: 'ignore',
    });
    const closed = once(child, 'close');
    let seen = 0;
    server.came = (id) => {
      if (id === request && ++seen === count) child.kill('SIGKILL');
    };
    await closed;
    expect(child.signalCode).toBe('SIGKILL');
    expect(server.aliases.get('big')).toBe(old);
    expect(JSON.stringify([...(server.collections.get(old)?.points ?? [])])).toBe(before);
  }
  server.came = () => {};
  const again = await tammes('convert', 'big.npy', `${big}?replace=true`);
  expect(again).toMatchObject({ code: 0 });
  expect(again.err).toMatch(
    /from earlier runs there are also big_[0-9a-f]{8}(, big_[0-9a-f]{8}){3}\./,
  );
}, 120_000);
