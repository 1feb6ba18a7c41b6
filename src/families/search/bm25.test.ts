import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { bm25 } from './bm25.ts';

const TEXTS = ['a red apple', 'a green apple', 'a red brick wall'];
const ask = async (
  query: string,
  texts: readonly string[] = TEXTS,
  options: Parameters<typeof bm25>[1] = {},
) => {
  const { index } = await bm25({ texts }, options);
  const found = await bm25.search(index, { texts: [query] }, { k: texts.length });
  const count = [...found.rows].filter((row) => row >= 0).length;
  return {
    ...found,
    rows: [...found.rows.subarray(0, count)],
    scores: [...found.scores.subarray(0, count)],
  };
};

describe('bm25', () => {
  test('the example of its page', async () => {
    expect((await ask('red apple')).rows.join(' ')).toBe('0 1 2');
  });

  test('the score in full of one word', async () => {
    // n = 3, m = 1, |x| = 4, L = 10/3.
    const { rows, scores } = await ask('wall');
    expect(rows).toEqual([2]);
    expect(scores[0]).toBeCloseTo(Math.log(1 + 2.5 / 1.5) / (1 + 1.5 * (0.25 + (0.75 * 12) / 10)));
  });

  test('b of 0 takes no length into account, and k₁ of 0 no count', async () => {
    const texts = ['word', 'word word and more of it', 'nothing here'];
    const flat = await ask('word', texts, { k1: 0 });
    expect(flat.scores[0]).toBe(flat.scores[1]);
    const counted = await ask('word', texts, { b: 0, k1: 1 });
    expect(counted.rows).toEqual([1, 0]);
    expect(counted.scores[0] / counted.scores[1]).toBeCloseTo(2 / 3 / (1 / 2), 12);
  });

  test('a word in more than half of the texts weighs less than 0 with robertson, above 0 with lucene', async () => {
    const [robertson] = (await ask('apple', TEXTS, { idf: 'robertson' })).scores;
    expect(robertson).toBeLessThan(0);
    const [lucene] = (await ask('apple')).scores;
    expect(lucene).toBeGreaterThan(0);
  });

  test('a word counts as often as the query has it', async () => {
    const [once] = (await ask('green')).scores;
    const [twice] = (await ask('Green, GREEN!')).scores;
    expect(twice).toBeCloseTo(2 * once, 12);
  });

  test('case, signs and the way an accent is written do not matter', async () => {
    expect((await ask('CAFE\u0301?', ['Café (open)', 'Bar'])).rows).toEqual([0]);
  });

  test('scores random words as a count of every text does', async () => {
    const random = Random.fromSeed(3);
    const words = Array.from({ length: 30 }, (_, i) => `w${i}`);
    const texts = Array.from({ length: 60 }, () =>
      Array.from({ length: 3 + random.integer(20) }, () => words[random.integer(30)]).join(' '),
    );
    const query = 'w1 w7 w7 w29 unknown';
    const { rows, scores } = await ask(query, texts);
    const lengths = texts.map((text) => text.split(' ').length);
    const mean = lengths.reduce((a, b) => a + b, 0) / 60;
    const times = (text: string, word: string) => text.split(' ').filter((w) => w === word).length;
    const naive = texts.map((text, i) =>
      query.split(' ').reduce((sum, word) => {
        const m = texts.filter((own) => times(own, word) > 0).length;
        const f = times(text, word);
        const idf = Math.log(1 + (60 - m + 0.5) / (m + 0.5));
        return sum + (idf * f) / (f + 1.5 * (0.25 + (0.75 * lengths[i]) / mean));
      }, 0),
    );
    expect(rows.toSorted((i, j) => i - j)).toEqual([...naive.keys()].filter((i) => naive[i] > 0));
    for (const [at, row] of rows.entries()) expect(scores[at]).toBeCloseTo(naive[row], 12);
  });

  test('words are runs of letters and digits, apostrophes inside', async () => {
    const texts = ['RFC7231, section 3', 'Santa’s reindeer', 'santa s'];
    expect((await ask('rfc7231', texts)).rows).toEqual([0]);
    expect((await ask("santa's", texts)).rows).toEqual([1]);
  });

  test('texts without a word of the query are no answer, and it says so', async () => {
    const one = await ask('brick');
    expect(one.rows).toEqual([2]);
    expect(one.reasons).toEqual(['1 text has a word of the query.']);
    const none = await ask('...');
    expect(none.rows).toEqual([]);
    expect(none.reasons).toEqual(['no text has a word of the query.']);
    expect((await ask('apple')).reasons).toEqual(['2 texts have a word of the query.']);
  });

  test('a filter is part of the reason', async () => {
    const { index } = await bm25({ texts: TEXTS });
    const allowed = Uint8Array.of(0, 1, 0);
    const found = await bm25.search(index, { texts: ['apple', 'wall'] }, { k: 2, allowed });
    expect([...found.rows]).toEqual([1, -1, -1, -1]);
    expect(found.reasons).toEqual([
      '1 text that passes the filter has a word of the query.',
      'no text that passes the filter has a word of the query.',
    ]);
  });

  test('texts without a word are told of, and nothing but such is refused', async () => {
    const { warnings, facts } = await bm25({ texts: ['one two', '—', ''] });
    expect(warnings).toEqual(['2 texts without a word can never be an answer.']);
    expect(facts).toEqual({ terms: 2, words: 2 });
    await expect(bm25({ texts: ['', '…'] })).rejects.toThrow('none of 2 texts has a word.');
    await expect(bm25({})).rejects.toThrow('it searches texts');
  });
});
