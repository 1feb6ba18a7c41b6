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

  test('a name that is nowhere is said, although another column has the others', async () => {
    const queries = { ...rows(3, ['who', 'what', 'why']), columns: { _id: ['q0', 'q1', 'q2'] } };
    const judged = readJudgements(text('q0 0\nq9 1\nq2 0'), queries, rows(3));
    await expect(judged).rejects.toThrow('line 2 names the query "q9", which is not a label');
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

describe('readJudgements of other layouts', () => {
  const queries = rows(2, ['q0', 'q1']);
  const documents = rows(3, ['d0', 'd1', 'd2']);
  const wanted = [
    { query: 0, document: 2, relevance: 2 },
    { query: 1, document: 0, relevance: 1 },
  ];

  test('tabs, commas, semicolons and blanks alike, with a header and without', async () => {
    for (const separator of ['\t', ',', ';', ' ', ', ']) {
      const lines = [
        ['query-id', 'corpus-id', 'score'],
        ['q0', 'd2', '2'],
        ['q1', 'd0', '1'],
      ].map((line) => line.join(separator));
      for (const some of [lines, lines.slice(1)]) {
        expect(await readJudgements(text(some.join('\r\n')), queries, documents)).toEqual(wanted);
      }
    }
  });

  test('a header says which column is which', async () => {
    for (const file of [
      'score,doc_id,query_id\n2,d2,q0\n1,d0,q1',
      'split,qid,note,pid,relevance\ntest,q0,-,d2,2\ntest,q1,-,d0,1',
    ]) {
      expect(await readJudgements(text(file), queries, documents)).toEqual(wanted);
    }
    const two = await readJudgements(text('query_id,doc_id\nq0,d2'), queries, documents);
    expect(two).toEqual([{ query: 0, document: 2, relevance: 1 }]);
  });

  test('names in quotation marks hold what separates', async () => {
    const named = rows(1, ['who, "me"?']);
    const found = await readJudgements(text('"who, ""me""?",d1,1\n'), named, documents);
    expect(found).toEqual([{ query: 0, document: 1, relevance: 1 }]);
  });

  test('names are found in a column where the labels are something else', async () => {
    const titled = {
      ...rows(3, ['same', 'same', 'other']),
      columns: { kind: ['x', 'y', 'z'], _id: ['d0', 'd1', 'd2'] },
    };
    expect(await readJudgements(text('q0 d2 2\nq1 d0 1'), queries, titled)).toEqual(wanted);
    const numbered = { ...rows(2, ['a', 'b']), columns: { id: Float64Array.of(7, 8) } };
    const [{ query }] = await readJudgements(text('8 d0'), numbered, documents);
    expect(query).toBe(1);
  });

  test('a name that two rows have is refused', async () => {
    const twice = rows(3, ['d0', 'd2', 'd2']);
    await expect(readJudgements(text('q0 d2 1'), queries, twice)).rejects.toThrow(
      'line 1 names the document "d2", which more than one row of its file is called.',
    );
  });
});
