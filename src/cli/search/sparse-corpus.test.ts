import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { compress, writeStore } from '../../apps/verbs/compress.ts';
import {
  buildIndex,
  indexById,
  openIndex,
  queryIndex,
  writeIndex,
} from '../../apps/verbs/search.ts';
import { Random } from '../../core/random.ts';
import { sparseOf } from '../../core/sparse.ts';
import { write } from '../../io/index.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { readCorpus } from './corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-sparse-'));
const vectors = join(folder, 'vectors.npy');
const store = join(folder, 'small.tammes');
const whole = join(folder, 'int8.tammes');
const points = uniformPoints(60, 8, Random.fromSeed(1));
const labels = Array.from({ length: 60 }, (_, i) => `row ${i}`);
const LITTLE = { latents: 24, k: 3, steps: 20, batch: 30 };

beforeAll(async () => {
  await write(vectors, { points });
  await writeStore(store, await compress(points, 'csr', LITTLE), { labels });
  await writeStore(whole, await compress(points, 'int8'), {});
});

test('the codes of a store, with its labels, are what its codec makes of the vectors', async () => {
  const stored = await readCorpus([store], {}, 'sparse');
  const coded = await readCorpus([vectors], { codes: store }, 'sparse');
  expect(stored.labels).toEqual(labels);
  expect(stored.corpus.sparse?.cols).toBe(24);
  expect(coded.corpus.sparse).toEqual(stored.corpus.sparse);
});

test('an index of codes in a file finds every row by its own code', async () => {
  const { corpus, ...named } = await readCorpus([store], {}, 'sparse');
  const path = join(folder, 'codes.index');
  await writeIndex(path, 'sparse', (await buildIndex(corpus, 'sparse')).index, named);
  const index = await openIndex(path);
  const { corpus: asked } = await readCorpus([vectors], { codes: store }, indexById(index.id).asks);
  const answers = await queryIndex(index, asked, { k: 5 });
  answers.forEach(({ rows, scores, exact, scanned }) => {
    expect(scores[0]).toBeCloseTo(1, 12);
    expect([rows.length, exact]).toEqual([5, true]);
    expect(scanned).toBeLessThan(60);
  });
  await index.close();
});

test('vectors are taken as they are, the numbers that are not 0', async () => {
  const { corpus } = await readCorpus([vectors], {}, 'sparse');
  expect(corpus.sparse).toEqual(sparseOf(points));
});

test('a store without sparse codes, and codes where none are wanted, are refused', async () => {
  await expect(readCorpus([whole], {}, 'sparse')).rejects.toThrow(
    'expected sparse codes, of csr or flops; its codec is int8',
  );
  await expect(readCorpus([store], { codes: store }, 'sparse')).rejects.toThrow(
    /"codes" must be left out where .*small\.tammes has codes/,
  );
  await expect(readCorpus([vectors], { codes: store }, 'points')).rejects.toThrow(
    '"codes" must be left out for an index of points',
  );
});
