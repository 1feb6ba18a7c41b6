import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isRetrievalTask, readRetrievalTask, retrievalTaskFiles } from './beir.ts';

const USUAL: Readonly<Record<string, string>> = {
  'corpus.jsonl':
    '{"_id":"d1","title":"Apples","text":"grow on trees."}\n\n{"_id":"d2","title":"","text":"Bricks"}\n',
  'queries.jsonl': '{"_id":"q1","text":"apples?"}\n{"_id":"q2","text":"walls?","metadata":{}}\n',
  'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq2\td2\t2\nq1\td1\t1\nq1\td2\t0\n',
};

function folder(files: Readonly<Record<string, string | null>> = {}): string {
  const at = mkdtempSync(join(tmpdir(), 'tammes-beir-'));
  for (const [name, text] of Object.entries({ ...USUAL, ...files })) {
    if (text === null) continue;
    mkdirSync(join(at, name, '..'), { recursive: true });
    writeFileSync(join(at, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
  return at;
}

describe('readRetrievalTask', () => {
  test('reads documents with their titles, queries and judgements by row', async () => {
    const { documents, queries, judgements } = await readRetrievalTask(`${folder()}/`);
    expect(documents).toEqual({ ids: ['d1', 'd2'], texts: ['Apples grow on trees.', 'Bricks'] });
    expect(queries).toEqual({ ids: ['q1', 'q2'], texts: ['apples?', 'walls?'] });
    expect(judgements).toEqual([
      { query: 1, document: 1, relevance: 2 },
      { query: 0, document: 0, relevance: 1 },
      { query: 0, document: 1, relevance: 0 },
    ]);
  });

  test('reads packed files, and the qrels.jsonl of MTEB', async () => {
    const packed = Object.fromEntries(
      Object.entries(USUAL).flatMap(([name, text]) => [
        [name, null],
        ...(name.startsWith('qrels') ? [] : [[`${name}.gz`, text]]),
      ]),
    );
    const line =
      '{"query-id":"q2","corpus-id":"d1","score":1}\n{"score":3,"query-id":"q1","corpus-id":"d2"}\n';
    const { judgements } = await readRetrievalTask(folder({ ...packed, 'qrels.jsonl.gz': line }));
    expect(judgements).toEqual([
      { query: 1, document: 0, relevance: 1 },
      { query: 0, document: 1, relevance: 3 },
    ]);
  });

  test('ids that are numbers are names too', async () => {
    const { documents } = await readRetrievalTask(
      folder({
        'corpus.jsonl': '{"_id":4983,"text":"a"}\n{"_id":12,"text":null}\n',
        'qrels/test.tsv': 'q1\t4983\t1\n',
      }),
    );
    expect(documents).toEqual({ ids: ['4983', '12'], texts: ['a', ''] });
  });

  test('titles that are numbers stand before their texts, missing ones do not', async () => {
    const lines = '{"_id":"d1","title":1984,"text":"a"}\n{"_id":"d2","title":null,"text":"b"}\n';
    const { documents } = await readRetrievalTask(folder({ 'corpus.jsonl': lines }));
    expect(documents.texts).toEqual(['1984 a', 'b']);
  });

  test('a folder may be a URL', async () => {
    const at = folder();
    const task = await readRetrievalTask(pathToFileURL(at));
    expect(task).toEqual(await readRetrievalTask(at));
  });

  test('reads the files that it would write', async () => {
    const task = await readRetrievalTask(folder());
    const files = retrievalTaskFiles(task);
    expect(Object.keys(files)).toEqual(['corpus.jsonl', 'queries.jsonl', 'qrels/test.tsv']);
    const { name: _, ...again } = await readRetrievalTask(folder(files));
    const { name: __, ...once } = task;
    expect(again).toEqual(once);
  });

  test('takes another split', async () => {
    const at = folder({ 'qrels/dev.tsv': 'query-id\tcorpus-id\tscore\nq1\td2\t1\n' });
    const { judgements } = await readRetrievalTask(at, { split: 'dev' });
    expect(judgements).toEqual([{ query: 0, document: 1, relevance: 1 }]);
    await expect(readRetrievalTask(at, { split: 'train' })).rejects.toThrow(
      /qrels: there are no judgements train.tsv, but (dev.tsv, test.tsv|test.tsv, dev.tsv) \(--split NAME\)\.$/,
    );
  });

  test.each([
    [{ 'queries.jsonl': null }, 'there is no queries.jsonl: it has corpus.jsonl.'],
    [{ 'qrels/test.tsv': null }, 'there is no qrels.jsonl: it has'],
    [{ 'qrels/test.tsv': 'q1\td9\t1\n' }, 'line 1 names the document "d9", which is not a label'],
    [
      { 'corpus.jsonl': '{"_id":"a","text":"x"}\n{"_id":"a","text":"y"}\n' },
      'row 1 has the _id "a" of row 0.',
    ],
    [{ 'corpus.jsonl': '{"_id":"a","text":"x"}\n{"text":"y"}\n' }, 'row 1 has no _id.'],
    [
      { 'corpus.jsonl': '{"_id":"a","body":"x"}\n' },
      'with the field text are expected; the fields are _id, body.',
    ],
    [{ 'corpus.jsonl': '{"_id":"a","text":"x"}\n{"_id"\n' }, 'line 2 is not JSON.'],
    [
      { 'qrels/test.tsv': null, 'qrels.jsonl': '{"query-id":"q1","corpus-id":"d1"}\nq2\td1\n' },
      'line 2 is not a JSON object',
    ],
    [
      { 'qrels/test.tsv': null, 'qrels.jsonl': '{"a":"q1","b":"d1"}\n' },
      'line 1 has the fields a, b; a judgement names',
    ],
  ])('refuses what is damaged, %#', async (files, sentence) => {
    await expect(readRetrievalTask(folder(files))).rejects.toThrow(sentence);
  });

  test('what is no such folder is told from one', async () => {
    const at = folder();
    expect(await isRetrievalTask(at)).toBe(true);
    expect(await isRetrievalTask(join(at, 'qrels'))).toBe(false);
    expect(await isRetrievalTask(join(at, 'corpus.jsonl'))).toBe(false);
    await expect(readRetrievalTask(join(at, 'corpus.jsonl'))).rejects.toThrow('it is no folder.');
  });
});
