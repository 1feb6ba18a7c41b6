import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRetrievalTask } from '../../io/beir.ts';
import { evaluateSearch, judgementsFor } from './evaluate-search.ts';
import { buildIndex, openIndex, writeIndex } from './search.ts';

const LIMIT = fileURLToPath(new URL('../../../study-data/limit-small', import.meta.url));

async function indexOf(texts: readonly string[], labels?: readonly string[]) {
  const path = join(mkdtempSync(join(tmpdir(), 'tammes-evaluate-')), 'a.index');
  const { index } = await buildIndex({ texts }, 'bm25');
  await writeIndex(path, 'bm25', index, { labels });
  return openIndex(path);
}

describe('evaluateSearch', () => {
  test('BM25 finds what LIMIT-small asks for', async () => {
    const task = await readRetrievalTask(LIMIT);
    expect([task.documents.ids.length, task.queries.ids.length]).toEqual([46, 1000]);
    const index = await indexOf(task.documents.texts, task.documents.ids);
    const judgements = await judgementsFor(index, task);
    const cutoffs = [2, 10];
    const { queries } = task;
    const found = await evaluateSearch(index, { texts: queries.texts }, judgements, { cutoffs });
    await index.close();
    // An independent implementation with k₁ = 1.5 and b = 0.75 found 99.15 % and all.
    expect(found.recallAt[2].value).toBeCloseTo(0.9915, 3);
    expect(found.recallAt[10].value).toBe(1);
    expect(found.recallAt[2].low).toBeLessThan(0.9915);
    expect(found).toMatchObject({ index: 'bm25', documents: 46, queries: 1000, exact: true });
  });

  test('numbers of two queries by hand', async () => {
    const index = await indexOf(['red', 'red blue', 'green', 'blue blue']);
    const judgements = [
      { query: 0, document: 1 },
      { query: 0, document: 2 },
      { query: 1, document: 3, relevance: 2 },
    ];
    const queries = { texts: ['red', 'blue'] };
    const found = await evaluateSearch(index, queries, judgements);
    await index.close();
    // Query 0 has its first at rank 2 and never its second; query 1 has its own at rank 1.
    expect(found.recallAt[10].value).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(found.reciprocalRank.value).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(found.averagePrecision.value).toBeCloseTo((0.25 + 1) / 2, 12);
    const ideal = 1 + 1 / Math.log2(3);
    expect(found.ndcgAt10.value).toBeCloseTo((1 / Math.log2(3) / ideal + 1) / 2, 12);
    expect(found.scanned).toBe(2);
  });

  test('documents are known by their names, whatever their order', async () => {
    const task = {
      name: 'task',
      documents: { ids: ['a', 'b'], texts: ['one', 'two'] },
      queries: { ids: ['q'], texts: ['two'] },
      judgements: [{ query: 0, document: 1, relevance: 1 }],
    };
    const turned = await indexOf(['two', 'three', 'one'], ['b', 'c', 'a']);
    expect(await judgementsFor(turned, task)).toEqual([{ query: 0, document: 0, relevance: 1 }]);
    await turned.close();
    const unnamed = await indexOf(['one', 'two']);
    expect(await judgementsFor(unnamed, task)).toBe(task.judgements);
    await unnamed.close();
    const other = await indexOf(['one', 'two', 'three']);
    await expect(judgementsFor(other, task)).rejects.toThrow(
      'it has 3 documents without names, and task has 2',
    );
    await other.close();
    const strange = await indexOf(['one', 'two'], ['a', 'x']);
    await expect(judgementsFor(strange, task)).rejects.toThrow('there is no document "b" in it');
    await strange.close();
  });

  test('a rank below the depth, or no rank, is refused', async () => {
    const index = await indexOf(['one', 'two']);
    const asked = (options: object) =>
      evaluateSearch(index, { texts: ['one'] }, [{ query: 0, document: 0 }], options);
    await expect(asked({ cutoffs: [0] })).rejects.toThrow('"cutoffs"');
    await expect(asked({ cutoffs: [20], depth: 12 })).rejects.toThrow('at least 20');
    await expect(
      evaluateSearch(index, { texts: ['one'] }, [{ query: 0, document: 0, relevance: 0 }]),
    ).rejects.toThrow('no query has a document of relevance above 0.');
    await index.close();
  });
});
