import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-search-texts-');

const NAMES = ['apple', 'brick', 'cloud'];
/** Three documents of two vectors each, as rows of a table. */
const TOKENS = [
  'doc,word,x,y,z',
  'apple,a,1,0,0',
  'apple,b,0.9,0.1,0',
  'brick,a,0,1,0',
  'brick,b,0,1,0.2',
  'cloud,a,0,0,1',
  'cloud,b,0.1,0,1',
];
const ASKED = ['doc,x,y,z', 'q0,0,0.1,1', 'q0,0.1,0,1', 'q1,1,0,0'];
const BY_DOCUMENT = ['--document', 'doc', '--vector', 'x,y,z', '--no-label'];

beforeAll(() => {
  mkdirSync(at('task/qrels'), { recursive: true });
  const texts = ['red and sweet', 'red and hard', 'white and soft'];
  const documents = NAMES.map((_id, i) => JSON.stringify({ _id, title: _id, text: texts[i] }));
  writeFileSync(at('task/corpus.jsonl'), documents.join('\n'));
  const queries = ['a soft cloud?', 'something red and sweet'];
  const asked = queries.map((text, i) => JSON.stringify({ _id: `q${i}`, text }));
  writeFileSync(at('task/queries.jsonl'), asked.join('\n'));
  writeFileSync(
    at('task/qrels/test.tsv'),
    'query-id\tcorpus-id\tscore\nq0\tcloud\t1\nq1\tapple\t2\nq1\tbrick\t1\n',
  );
  writeFileSync(at('queries.txt'), `${queries.join('\n')}\nnothing of it\n`);
  writeFileSync(at('tokens.csv'), TOKENS.join('\n'));
  writeFileSync(at('asked.csv'), ASKED.join('\n'));
  tammes('search', 'build', 'task', '-o', 'words.index', '--index', 'bm25', '--quiet');
});

describe('tammes search over texts', () => {
  test('a folder of texts becomes an index that answers lines of a file', () => {
    const { out } = tammes('search', 'query', 'words.index', 'queries.txt', '-k', '2', '--json');
    const { results } = JSON.parse(out);
    expect(results.map(({ rows }: { rows: number[] }) => rows)).toEqual([[2], [0, 1], []]);
    expect(results[0]).toMatchObject({ exact: true, estimatedRecall: 1, scanned: 1 });
    expect(results[0].reason).toBe('1 text has a word of the query.');
    expect(results[2].reason).toBe('no text has a word of the query.');
    expect(results[1].reason).toBeUndefined();
  });

  test('evaluate judges it by the folder', () => {
    const { out, err } = tammes('search', 'evaluate', 'words.index', 'task', '--json');
    expect(err).toBe('');
    const { folder, documents, queries, evaluations } = JSON.parse(out);
    expect([folder, documents, queries]).toEqual(['task', 3, 2]);
    const perfect = { value: 1 };
    expect(evaluations).toMatchObject([
      {
        file: 'words.index',
        index: 'bm25',
        ndcgAt10: perfect,
        recallAt: { 10: perfect, 100: perfect },
        reciprocalRank: perfect,
        averagePrecision: perfect,
        exact: true,
      },
    ]);
  });

  test('a wrong folder or flag is one sentence', () => {
    const wrong = tammes('search', 'evaluate', 'words.index', 'queries.txt');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(
      /^queries.txt: a folder with corpus.jsonl, [^\n]*it is no folder\.\n$/,
    );
    const alone = tammes('search', 'evaluate', 'task');
    expect(alone.err).toMatch(/^search evaluate: option "FOLDER" must be given after the indexes/);
    const flag = tammes('search', 'build', 'task', '-o', 'x', '--index', 'bm25', '--document', 'd');
    expect(flag.err).toBe(
      'search: option "document" must be left out for an index of texts; got "d".\n',
    );
  });
});

test('limit writes a task that its own words solve', () => {
  const { out } = tammes(
    'search',
    'limit',
    '-o',
    'likes',
    '--queries',
    '28',
    '--documents',
    '8',
    '--likes',
    '9',
    '--json',
  );
  expect(JSON.parse(out)).toEqual({ folder: 'likes', documents: 8, queries: 28, judgements: 56 });
  tammes('search', 'build', 'likes', '-o', 'likes.index', '--index', 'bm25', '--quiet');
  const judged = tammes('search', 'evaluate', 'likes.index', 'likes', '--at', '2', '--json');
  expect(JSON.parse(judged.out).evaluations[0].recallAt[2].value).toBe(1);
  const again = tammes('search', 'limit', '-o', 'likes');
  expect(again.err).toBe('likes: there is such a folder or file already; name another.\n');
  const few = tammes('search', 'limit', '-o', 'few', '--documents', '45');
  expect(few.err).toMatch(/^limitDataset: option "documents" must be at least 46: [^\n]*\n$/);
});

describe('tammes search over sets', () => {
  test.each(['max-sim', 'fde'])('%s: rows of one document are one set', (index) => {
    const built = tammes(
      'search',
      'build',
      'tokens.csv',
      '-o',
      `${index}.index`,
      '--index',
      index,
      ...BY_DOCUMENT,
      '--json',
    );
    expect(JSON.parse(built.out)).toMatchObject({ index, n: 3, d: 3, facts: { vectors: 6 } });
    const { out } = tammes(
      'search',
      'query',
      `${index}.index`,
      'asked.csv',
      '-k',
      '1',
      '--json',
      ...BY_DOCUMENT,
    );
    const { results } = JSON.parse(out);
    expect(results.map(({ rows }: { rows: number[] }) => rows)).toEqual([[2], [0]]);
  });

  test('several indexes are judged in one table, vectors of the queries from a file', () => {
    const { out, err } = tammes(
      'search',
      'evaluate',
      'words.index',
      'max-sim.index',
      'fde.index',
      'task',
      '--queries',
      'asked.csv',
      ...BY_DOCUMENT,
    );
    expect(err).toBe('');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^index +nDCG@10 +recall@10 +recall@100 +MRR +MAP +scanned$/);
    expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual([
      'words.index',
      'max-sim.index',
      'fde.index',
    ]);
    const missing = tammes('search', 'evaluate', 'max-sim.index', 'task');
    expect(missing.err).toBe(
      'max-sim.index: it is asked by sets: give those of the queries with --queries FILE.\n',
    );
  });
});
