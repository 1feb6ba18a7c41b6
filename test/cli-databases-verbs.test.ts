import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lance, postgres, qdrant } from '../src/adapters/databases/index.ts';
import { Random } from '../src/core/random.ts';
import { read } from '../src/io/index.ts';
import { loadPeer, missingPeer } from '../src/testing/peers.ts';
import { startPostgres } from '../src/testing/postgres.ts';
import { qdrantServer } from '../src/testing/qdrant/server.ts';
import { beside, commandIn, type Run } from './shared/command.ts';

const { folder, at } = commandIn('tammes-verbs-');
const random = Random.fromSeed(1);
const N = 60;
const lines = Array.from({ length: N }, (_, i) =>
  [
    `w${i}`,
    1990 + i,
    i % 2 ? 'odd' : 'even',
    ...Array.from({ length: 5 }, (_, j) =>
      (random.normal() + (j === 0 ? 3 * (i % 2) : 0)).toFixed(4),
    ),
  ].join(),
);
writeFileSync(at('all.csv'), `word,year,kind,a,b,c,d,e\n${lines.join('\n')}\n`);

const tammes = (...args: string[]) => beside(folder, ...args);
const missing = missingPeer('@lancedb/lancedb');

interface Place {
  /** The address of a table of that name. */
  at(table: string): string;
  stop(): Promise<void>;
}

const places: readonly { name: string; skip: string; start(): Promise<Place> }[] = [
  {
    name: 'postgres',
    skip: '',
    async start() {
      const server = await startPostgres();
      return { at: (table) => `${server.address}?table=${table}`, stop: () => server.stop() };
    },
  },
  {
    name: 'lance',
    skip: missing,
    async start() {
      const modules = fileURLToPath(new URL('../build/peers/node_modules', import.meta.url));
      if (!existsSync(at('node_modules'))) symlinkSync(modules, at('node_modules'));
      return { at: (table) => `lance://library/${table}`, stop: async () => {} };
    },
  },
  {
    name: 'qdrant',
    skip: '',
    async start() {
      const server = await qdrantServer();
      return {
        at: (table) => `${server.address}/${table}`,
        async stop() {
          expect(server.violations).toEqual([]);
          await server[Symbol.asyncDispose]();
        },
      };
    },
  },
];

const known = [postgres(), lance(loadPeer), qdrant()];

/** A table but for its vectors. */
async function facts(address: string) {
  const cwd = address.startsWith('lance') ? address.replace('library', at('library')) : address;
  const { labels, columns } = await read(cwd, { places: known });
  return { labels, columns };
}

describe.each(places)('$name', ({ name, skip, start }) => {
  let place: Place;
  beforeAll(async () => {
    if (!skip) place = await start();
  }, 120_000);
  afterAll(() => place?.stop());
  const run = async (...args: string[]): Promise<Run> => {
    const done = await tammes(...args);
    expect(done.code === 0 ? '' : `${args.join(' ')}: ${done.err}`).toBe('');
    return done;
  };

  test.skipIf(skip)(
    `a sharded table of it, maps, embeddings and erased concepts, in other tables and in place${skip && ` (skipped: ${skip})`}`,
    async () => {
      const words = place.at('words');
      const store = `store-${name}`;
      await run('convert', 'all.csv', words, '--label', 'word', '--vector', 'a,b,c,d,e');
      const before = await facts(words);
      expect(before.labels).toHaveLength(N);
      const sharded = await run('shard', words, '-o', store, '--json');
      expect(JSON.parse(sharded.out)).toMatchObject({ rows: N, cols: 5 });
      await run('shard', words, '-o', store, '--append');
      const again = place.at('again');
      await run('shard', words, '-o', `${store}-1`);
      await run('convert', `${store}-1`, again);
      expect(await facts(again)).toEqual(before);
      await run('align', 'fit', words, again, '-o', 'map.safetensors');
      await run('align', 'apply', 'map.safetensors', words, '-o', again);
      await run('align', 'apply', 'map.safetensors', `${store}-1`, '-o', place.at('moved'));
      expect(await facts(again)).toEqual(before);
      await run(
        'learn',
        'classifier',
        words,
        '--classes',
        'kind',
        '-o',
        'model.safetensors',
        '--epochs',
        '2',
      );
      const embedded = place.at('embedded');
      await run('embed', 'model.safetensors', words, '-o', embedded);
      expect(await facts(embedded)).toEqual(before);
      await run('embed', 'model.safetensors', words, '-o', embedded);
      await run(
        'explain',
        'erase',
        words,
        '--classes',
        'kind',
        '-o',
        words,
        '--model',
        'filter.safetensors',
      );
      expect(await facts(words)).toEqual(before);
      await run(
        'explain',
        'erase',
        again,
        '--with',
        'filter.safetensors',
        '-o',
        place.at('erased'),
      );
      await run('explain', 'guard', again, '--concepts', 'w1', '--document', 'kind', '-o', again);
      expect(await facts(again)).toEqual(before);
      await run(
        'reduce',
        words,
        '-o',
        place.at('small'),
        '--method',
        'pca',
        '--dim',
        '2',
        '--save',
        'pca.safetensors',
      );
      await run('reduce', 'apply', 'pca.safetensors', words, '-o', place.at('small'));
      expect(await facts(place.at('small'))).toEqual(before);
    },
    120_000,
  );
});
