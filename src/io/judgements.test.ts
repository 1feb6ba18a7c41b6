import { describe, expect, test } from 'vitest';
import { readJudgements, type VectorTable } from './index.ts';

const rows = (n: number, labels?: readonly string[]): VectorTable => ({
  points: { data: new Float32Array(n).fill(1), rows: n, cols: 1 },
  labels,
});
const text = (lines: string) => new TextEncoder().encode(lines);

describe('readJudgements', () => {
  test('takes two columns, three with a relevance, and the four of TREC', async () => {
    const wanted = [
      { query: 0, document: 3, relevance: 1 },
      { query: 1, document: 0, relevance: 1 },
    ];
    for (const file of ['0 3\n1 0\n', '0\t3\t1\r\n1\t0\t1', '0 0 3 1\n\n1 Q0 0 1\n']) {
      expect(await readJudgements(text(file), rows(2), rows(4))).toEqual(wanted);
    }
  });

  test('names are labels where a table has them, with spaces between tabs, behind a header', async () => {
    const queries = rows(2, ['what is it', 'who']);
    const documents = rows(2, ['d 1', 'd 2']);
    const file = 'query-id\tcorpus-id\tscore\nwho\td 2\t2\nwhat is it\td 1\t0\n';
    expect(await readJudgements(text(file), queries, documents)).toEqual([
      { query: 1, document: 1, relevance: 2 },
      { query: 0, document: 0, relevance: 0 },
    ]);
  });

  test('a relevance below 0 is a judged miss', async () => {
    const [{ relevance }] = await readJudgements(text('0 0 0 -2'), rows(1), rows(1));
    expect(relevance).toBe(0);
  });

  test('what is wrong is said with its line', async () => {
    const judged = (file: string) => readJudgements(text(file), rows(2, ['a', 'b']), rows(3));
    await expect(judged('a 1\nc 1')).rejects.toThrow(
      'line 2 names the query "c", which is not a label of its file.',
    );
    await expect(judged('a 3')).rejects.toThrow(
      'line 1 names the document "3", which is not a row below 3, counted from 0 of its file.',
    );
    await expect(judged('a 1 2 3 4')).rejects.toThrow('line 1 has 5 columns');
    await expect(judged('a 1 1\nb 1 much')).rejects.toThrow('line 2 has the relevance "much"');
  });
});
