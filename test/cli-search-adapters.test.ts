import { symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { missingPeer } from '../src/testing/peers.ts';
import { type Postgres, startPostgres } from '../src/testing/postgres.ts';
import { beside, commandIn } from './shared/command.ts';

const { folder, at } = commandIn('tammes-search-adapters-');
const random = Random.fromSeed(1);
const N = 200;
const rows = Array.from({ length: N }, (_, i) => [
  `w${i}`,
  1990 + (i % 35),
  ['physics', 'math', 'O’Hara'][i % 3],
  ...Array.from({ length: 6 }, () => random.normal().toFixed(4)),
]);
const header = ['word', 'year', 'topic', ...Array.from({ length: 6 }, (_, c) => `x${c}`)];
const lines = (some: readonly unknown[][]) => [header, ...some].map((row) => row.join()).join('\n');
writeFileSync(at('all.csv'), lines(rows));
writeFileSync(at('some.csv'), lines(rows.slice(0, 3)));

const tammes = (...args: string[]) => beside(folder, 'search', ...args);

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

const WHERE = 'year >= 2018 and topic = "O’Hara"';

/** The same query here and there. */
async function requireSame(engine: string, place: string, ...flags: string[]) {
  await tammes('build', 'all.csv', '-o', 'here.index', '--quiet');
  const question = ['some.csv', '-k', '4', '--where', WHERE, '--json'];
  const here = JSON.parse((await tammes('query', 'here.index', ...question)).out);
  const asked = await tammes('query', place, ...question, '--in', engine, ...flags);
  expect(asked.err).toBe('');
  const { results } = JSON.parse(asked.out);
  expect(results).toHaveLength(3);
  for (const [q, own] of results.entries()) {
    const { rows: wanted, scores, exact, scanned } = here.results[q];
    expect(own).toMatchObject({ rows: wanted, exact, estimatedRecall: 1, scanned });
    expect(own.labels).toEqual(wanted.map((row: number) => `w${row}`));
    for (const [i, score] of own.scores.entries()) expect(score).toBeCloseTo(scores[i], 5);
  }
}

describe('tammes search --in', () => {
  test('pgvector: the query that runs here runs there', async () => {
    const place = ['--in', 'pgvector', '--table', 'papers'];
    const built = await tammes('build', 'all.csv', '-o', postgres.address, ...place, '--json');
    expect(JSON.parse(built.out)).toMatchObject({ index: 'exact', n: N, d: 6, engine: 'pgvector' });
    await requireSame('pgvector', postgres.address, '--table', 'papers');

    const words = await tammes('query', postgres.address, 'some.csv', '-k', '1', ...place);
    expect(words.out).toBe('w0: w0 (1.000)\nw1: w1 (1.000)\nw2: w2 (1.000)\n');
    const again = await tammes('build', 'all.csv', '-o', postgres.address, ...place);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('the table "papers" is there already: name another with --table.');
  }, 60_000);

  test('pgvector: its own index and measure', async () => {
    const place = ['--in', 'pgvector', '--table', 'graph'];
    const build = ['build', 'all.csv', '-o', postgres.address, ...place];
    const built = await tammes(...build, '--index', 'graph', '--similarity', 'euclidean');
    expect(built.err).toContain('Put 200 rows into the table "graph" (pgvector, index graph)');
    const asked = await tammes(
      'query',
      postgres.address,
      'some.csv',
      ...place,
      '-k',
      '2',
      '--json',
    );
    for (const [q, own] of JSON.parse(asked.out).results.entries()) {
      expect(own).toMatchObject({ exact: false, estimatedRecall: null, scanned: null });
      expect([own.rows[0], Math.abs(own.scores[0])]).toEqual([q, 0]);
    }
  }, 60_000);

  const missing = missingPeer('usearch');
  test.skipIf(missing)(
    `usearch, installed where the command runs${missing && ` (skipped: ${missing})`}`,
    async () => {
      const modules = new URL('../build/peers/node_modules', import.meta.url);
      symlinkSync(fileURLToPath(modules), at('node_modules'));
      const built = await tammes(
        'build',
        'all.csv',
        '-o',
        'a.usearch',
        '--in',
        'usearch',
        '--quiet',
      );
      expect(built).toEqual({ code: 0, out: '', err: '' });
      await requireSame('usearch', 'a.usearch');
    },
    60_000,
  );

  test.each<[string, string[], string]>([
    ['a table without another engine', ['--table', 'x'], '"table" must be left out without --in'],
    ['an engine that has no such index', ['--in', 'usearch', '--index', 'bm25'], '"index" must be'],
    [
      'an option of our index',
      ['--in', 'pgvector', '--index', 'graph', '--seed', '1'],
      '"seed" must',
    ],
    ['threads', ['--in', 'pgvector', '--threads', '1'], '"threads" must be left out with --in'],
    ['an engine that is none', ['--in', 'faiss'], 'lancedb, pgvector, usearch'],
  ])('refuses %s', async (_, flags, sentence) => {
    const { code, err } = await tammes('build', 'all.csv', '-o', 'x', ...flags);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(sentence);
  });

  test('an address without --in, a plan and a recall with it are refused', async () => {
    const ask = (...flags: string[]) => tammes('query', 'postgres://x/y', 'some.csv', ...flags);
    expect((await ask()).err).toContain('this is the address of a database: pass --in pgvector');
    expect((await ask('--in', 'pgvector', '--recall', '0.9')).err).toContain('"recall" must be');
    expect((await ask('--in', 'pgvector', '--plan', 'in')).err).toContain(
      '"plan" must be left out',
    );
  });
});
