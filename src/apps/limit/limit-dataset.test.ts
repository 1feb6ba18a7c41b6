import { describe, expect, test } from 'vitest';
import { evaluateSearch } from '../verbs/evaluate-search.ts';
import { buildIndex } from '../verbs/search.ts';
import { limitDataset } from './limit-dataset.ts';

/** What a document likes, from its text. */
const likesOf = (text: string) => text.slice(text.indexOf(' likes ') + 7, -1).split(/, | and /);

describe('limitDataset', () => {
  const { documents, queries, judgements } = limitDataset();

  test('every query is answered by a pair of its own, and by no other document', () => {
    expect([documents.ids.length, queries.ids.length, judgements.length]).toEqual([46, 1000, 2000]);
    const likes = documents.texts.map((text) => new Set(likesOf(text)));
    const pairs = new Set<string>();
    for (const [q, text] of queries.texts.entries()) {
      const attribute = text.slice('Who likes '.length, -1);
      const liking = [...likes.keys()].filter((i) => likes[i].has(attribute));
      const judged = [judgements[2 * q], judgements[2 * q + 1]];
      expect(judged.map(({ query }) => query)).toEqual([q, q]);
      expect(judged.map(({ document }) => document)).toEqual(liking);
      pairs.add(liking.join());
    }
    expect(pairs.size).toBe(1000);
  });

  test('documents like 45 things or more, each once, under names of their own', () => {
    for (const text of documents.texts) {
      const own = likesOf(text);
      expect(own.length).toBeGreaterThanOrEqual(45);
      expect(new Set(own).size).toBe(own.length);
    }
    expect(new Set(documents.ids).size).toBe(46);
    expect(documents.texts[0]).toMatch(
      /^[A-Z]\w+ [A-Z]\w+ likes ([A-Z]\w+, )+[A-Z]\w+ and [A-Z]\w+\.$/,
    );
  });

  test('the same seed gives the same task, another one another', () => {
    expect(limitDataset()).toEqual(limitDataset({ seed: 0 }));
    expect(limitDataset({ seed: 1 }).documents.texts).not.toEqual(documents.texts);
  });

  test('further documents answer nothing', () => {
    const more = limitDataset({ documents: 60, queries: 10, likes: 3 });
    const answering = new Set(more.judgements.map(({ document }) => document));
    // Five documents have ten pairs.
    expect([...answering].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(more.documents.texts).toHaveLength(60);
  });

  test('sets of three, and attributes of one’s own', () => {
    const attributes = 'figs plums pears limes dates kiwis nuts'.split(' ');
    const task = limitDataset({ documents: 4, queries: 4, relevant: 3, likes: 3, attributes });
    expect(task.judgements.map(({ document }) => document)).toEqual([
      0, 1, 2, 0, 1, 3, 0, 2, 3, 1, 2, 3,
    ]);
    for (const text of task.documents.texts)
      for (const own of likesOf(text)) expect(attributes).toContain(own);
  });

  test('words find everything: BM25 is perfect', async () => {
    const { index } = await buildIndex({ texts: documents.texts }, 'bm25');
    const asked = { texts: queries.texts };
    const found = await evaluateSearch({ ...index, id: 'bm25' }, asked, judgements, {
      cutoffs: [2],
    });
    expect(found.recallAt[2].value).toBe(1);
  });

  test('too few documents or attributes are refused', () => {
    expect(() => limitDataset({ documents: 45 })).toThrow(
      '"documents" must be at least 46: fewer have less than 1000 different sets of 2; got 45',
    );
    expect(() => limitDataset({ queries: 1, attributes: ['a', 'a', 'b'] })).toThrow(
      '"attributes" must be at least 46 different ones, one a query and 45 besides; got "2"',
    );
    expect(() => limitDataset({ queries: 0 })).toThrow('"queries" must be an integer, at least 1');
  });
});
