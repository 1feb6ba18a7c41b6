import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Random } from '../src/core/random.ts';
import { missingPeer } from '../src/testing/peers.ts';
import { type Postgres, startPostgres } from '../src/testing/postgres.ts';
import {
  missingServer,
  type PostgresServer,
  startPostgresServer,
} from '../src/testing/postgres-server.ts';
import { askedSql } from '../src/testing/sql.ts';
import { beside, bin, commandIn, type Run } from './shared/command.ts';

const { folder, at } = commandIn('tammes-databases-');
const random = Random.fromSeed(1);
const N = 120;
const lines = Array.from({ length: N }, (_, i) =>
  [`w${i}`, 1990 + (i % 35), ...Array.from({ length: 6 }, () => random.normal().toFixed(4))].join(),
);
writeFileSync(at('all.csv'), `word,year,a,b,c,d,e,f\n${lines.join('\n')}\n`);

/** What is said of that file. */
const SAID = ['--label', 'word', '--vector', 'a,b,c,d,e,f'];

const tammes = (...args: string[]) => beside(folder, ...args);

/** Every file that was written, and what was printed. */
function everything(...runs: Run[]): string {
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return [
    ...runs.flatMap(({ out, err }) => [out, err]),
    ...files.map((name) => readFileSync(join(folder, name), 'latin1')),
  ].join('\n');
}

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

test('a table is filled, measured, dispersed in its place, compressed and read back, and no password is told', async () => {
  const table = `${postgres.address}?table=words`;
  const runs = [
    await tammes('convert', 'all.csv', table, ...SAID),
    await tammes('info', table, '--json'),
    await tammes('disperse', table, '-o', table, '--report', 'r.html', '--json', '--steps', '20'),
    await tammes('measure', table, '--json'),
    await tammes('measure', table, '--report', 'm.html'),
    await tammes('compress', table, '-o', 'small.tammes', '--codec', 'int8'),
    await tammes(
      'reduce',
      table,
      `--output=${postgres.address}?table=maps`,
      '--method',
      'pca',
      '--dim',
      '2',
      '--save',
      'm.safetensors',
    ),
    await tammes('search', 'build', table, '-o', 'x.index', '--index', 'exact'),
    await tammes('convert', `${postgres.address}?table=maps`, 'maps.csv'),
    await tammes('info', `${postgres.address}?table=none`),
    await tammes('info', `${table}&vector=none`, '--json'),
  ];
  const [filled, told, dispersed] = runs;
  expect(runs.map(({ code }) => code)).toEqual([...Array<number>(9).fill(0), 1, 1]);
  expect(filled.err).toContain('?table=words: 120 × 6, postgres');
  expect(JSON.parse(told.out)).toMatchObject({
    format: 'postgres',
    rows: N,
    cols: 6,
    labels: 'label',
  });
  const { recipe } = JSON.parse(dispersed.out);
  expect(recipe.input.name).toMatch(
    /^postgres:\/\/postgres@127\.0\.0\.1:\d+\/postgres\?table=words$/,
  );
  const { rows } = await postgres.database.query<{ id: number; label: string; year: string }>(
    'SELECT id, label, year, embedding::text AS v FROM words ORDER BY id',
  );
  expect(rows.slice(0, 2)).toMatchObject([
    { id: 0, label: 'w0', year: '1990' },
    { id: 1, label: 'w1', year: '1991' },
  ]);
  expect(readFileSync(at('maps.csv'), 'utf8').split('\n')[1]).toMatch(/^w0,/);
  expect(everything(...runs)).not.toContain('secret');
});

test('outputs that are no tables, and servers that are not there, are refused before anything is computed', async () => {
  const table = `${postgres.address}?table=words2`;
  const file = await tammes('compress', 'all.csv', '-o', table);
  expect(file).toMatchObject({ code: 1 });
  expect(file.err).toContain('--output is a file here, no table.');
  const nobody = 'postgres://me:secret@127.0.0.1:1/x?table=t';
  const gone = await tammes('disperse', 'all.csv', '-o', nobody);
  expect(gone.err).toMatch(
    /^postgres:\/\/me@127\.0\.0\.1:1\/x\?table=t: cannot connect to 127\.0\.0\.1:1: .*ECONNREFUSED.*\.\n$/,
  );
  expect(everything(file, gone)).not.toContain('secret');
});

const noServer = missingServer();
describe.skipIf(noServer)(`a real server${noServer && ` (skipped: ${noServer})`}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  }, 60_000);
  afterAll(() => server?.stop());
  const sql = (text: string) => askedSql(server.address, text);

  test('killed in the middle of writing, the old rows are whole and nothing else is there', async () => {
    const table = `${server.address}?table=big&type=real[]`;
    const data = Buffer.from(
      Float32Array.from({ length: 60_000 * 32 }, (_, i) => Math.sin(i)).buffer,
    );
    const shape = "{'descr': '<f4', 'fortran_order': False, 'shape': (60000, 32), }";
    const header = Buffer.from(`\x93NUMPY\x01\x00v\x00${shape.padEnd(117)}\n`, 'latin1');
    writeFileSync(at('big.npy'), Buffer.concat([header, data]));
    expect((await tammes('convert', 'big.npy', table)).code).toBe(0);
    const facts = 'SELECT count(*)::int AS n, sum(embedding[1])::text AS s FROM big';
    const before = await sql(facts);
    const tables =
      "SELECT relname FROM pg_class WHERE relname LIKE 'tammes%' OR relname = 'big' ORDER BY 1";
    for (const wait of [0, 10, 40, 120]) {
      const child = spawn(process.execPath, [bin, 'convert', 'big.npy', `${table}&replace=true`], {
        cwd: folder,
        stdio: 'ignore',
      });
      const closed = once(child, 'close');
      // Not before the writing has begun.
      while (child.exitCode === null && child.signalCode === null) {
        const [{ n }] = await sql(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'COPY %FROM STDIN%' AND pid <> pg_backend_pid()",
        );
        if (Number(n) > 0) break;
      }
      await new Promise((done) => setTimeout(done, wait));
      child.kill('SIGKILL');
      await closed;
      expect(await sql(facts)).toEqual(before);
      expect(await sql(tables)).toEqual([{ relname: 'big' }]);
    }
  });

  test('the page of the studio is given a table, and no password', async () => {
    const address = `${server.address}?table=few`;
    expect(
      (await tammes('convert', 'all.csv', `${address}&type=real[]`, '--label', 'word')).code,
    ).toBe(0);
    const child = spawn(process.execPath, [bin, 'studio', address, '--no-open', '--json'], {
      cwd: folder,
    });
    let out = '';
    child.stdout.on('data', (bytes) => {
      out += String(bytes);
    });
    child.stderr.on('data', (bytes) => {
      out += String(bytes);
    });
    const closed = once(child, 'close');
    while (!out.includes('\n') && child.exitCode === null)
      await new Promise((done) => setTimeout(done, 50));
    child.kill('SIGINT');
    await closed;
    expect(out).toMatch(/http:\/\/127\.0\.0\.1/);
    expect(out).not.toContain('geheim');
  });
});

const missing = missingPeer('@lancedb/lancedb');
test.skipIf(missing)(
  `a table of LanceDB becomes a new version, and its old one is named${missing && ` (skipped: ${missing})`}`,
  async () => {
    const modules = fileURLToPath(new URL('../build/peers/node_modules', import.meta.url));
    if (!existsSync(at('node_modules'))) symlinkSync(modules, at('node_modules'));
    const table = 'lance://library/words';
    const filled = await tammes('convert', 'all.csv', table, ...SAID);
    expect(filled.err).toContain('lance://library/words: 120 × 6, lance');
    const dispersed = await tammes('disperse', table, '-o', table, '--steps', '10', '--no-measure');
    expect(dispersed.err).toContain('version 2; the old rows are version 1 (?version=1 reads it).');
    const compared = await tammes('compare', `${table}?version=1`, table, '--json');
    expect(compared.code).toBe(0);
  },
);

test.skipIf(missing)(
  `a table of LanceDB in a bucket (s3rver, a test double) is written, dispersed and read; no secret is told${missing && ` (skipped: ${missing})`}`,
  async () => {
    const modules = fileURLToPath(new URL('../build/peers/node_modules', import.meta.url));
    if (!existsSync(at('node_modules'))) symlinkSync(modules, at('node_modules'));
    const S3rver = createRequire(import.meta.url)('@20minutes/s3rver');
    const directory = mkdtempSync(join(tmpdir(), 'tammes-lance-bucket-'));
    const bucket: { run(): Promise<{ port: number }>; close(): Promise<void> } = new S3rver({
      ...{ port: 0, address: '127.0.0.1', silent: true, directory },
      configureBuckets: [{ name: 'bucket' }],
    });
    const endpoint = `http://127.0.0.1:${(await bucket.run()).port}`;
    const environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    try {
      const table = 'lance://s3://bucket/lib/words';
      const told = async (...args: string[]) => (await tammes(...args)).err;
      expect(await told('convert', 'all.csv', table, ...SAID)).toContain('120 × 6, lance');
      expect(await told('disperse', table, '-o', table, '--steps', '5', '--no-measure')).toContain(
        'version 2; the old rows are version 1 (?version=1 reads it).',
      );
      const compared = await tammes('compare', `${table}?version=1`, table, '--json');
      expect(JSON.parse(compared.out)).toMatchObject({ n: N, dA: 6 });
      expect(await told('info', 'lance://s3://bucket/lib/none')).toContain(
        'there is no table "none"',
      );
      expect(await told('info', 'lance://s3://none/lib/words')).toContain(
        ': the bucket answers 404 (NoSuchBucket).',
      );
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'geheim');
      const refused = await told('info', table);
      expect(refused).toMatch(
        /: the bucket answers 403 \(SignatureDoesNotMatch\); its keys are [A-Z_]+ and [A-Z_]+\.\n$/,
      );
      expect(refused).not.toMatch(/geheim|S3RVER/);
    } finally {
      vi.unstubAllEnvs();
      await bucket.close();
    }
  },
  60_000,
);
