import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { readCorpus } from './corpus.ts';

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tammes-corpus-')), name);
  writeFileSync(path, text);
  return path;
}

const VECTORS = [
  'doc,kind,page,x,y',
  'a,1,1,1,0',
  'a,1,2,0,1',
  'b,2,1,1,1',
  'c,2,1,2,0',
  'c,2,2,0,2',
].join('\n');

describe('readCorpus', () => {
  test('lines of a text file are texts', async () => {
    const path = file('a.txt', 'one two\n\nthree\n');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const read = await readCorpus([path], {}, 'texts');
    expect(said.mock.calls.flat()).toEqual([
      `${path}: 1 blank line is left out and not counted.\n`,
    ]);
    said.mockRestore();
    expect(read.corpus.texts).toEqual(['one two', 'three']);
    expect(read.labels).toBeUndefined();
  });

  test('a number that is none is named with its file', async () => {
    const path = file('nan.csv', 'x,y\n1,2\n3,NaN\n');
    const flags = { vector: 'x,y', quiet: true } as const;
    await expect(readCorpus([path], flags, 'points')).rejects.toThrow(
      `${path}: row 1, column 1 is NaN`,
    );
  });

  test('texts of a column bring their names and the other columns', async () => {
    const lines = '{"_id":"x","body":"one","year":1}\n{"_id":"y","body":"two","year":2}\n';
    const path = file('a.jsonl', lines);
    const read = await readCorpus([path], { text: 'body' }, 'texts');
    expect(read.corpus.texts).toEqual(['one', 'two']);
    expect(read.labels).toEqual(['x', 'y']);
    expect(read.columns).toEqual({ year: Float64Array.of(1, 2) });
    const named = await readCorpus([path], { text: 'body', label: 'year' }, 'texts');
    expect(named.labels).toEqual(['1', '2']);
    const unnamed = await readCorpus([path], { text: 'body', label: false }, 'texts');
    expect(unnamed.labels).toBeUndefined();
    await expect(readCorpus([path], { text: 'body', label: 'z' }, 'texts')).rejects.toThrow(
      'there is no column "z" beside the text, but _id, year.',
    );
  });

  test('a folder in the form of BEIR gives its documents, titles before', async () => {
    const path = file('corpus.jsonl', '{"_id":"x","title":"A","text":"b"}\n');
    const read = await readCorpus([join(path, '..')], {}, 'texts');
    expect(read.corpus.texts).toEqual(['A b']);
    expect(read.labels).toEqual(['x']);
  });

  test('vectors next to one another with one value of a column are one document', async () => {
    const flags = { document: 'doc', vector: 'x,y', label: false, quiet: true } as const;
    const read = await readCorpus([file('a.csv', VECTORS)], flags, 'sets');
    expect([...(read.corpus.offsets ?? [])]).toEqual([0, 2, 3, 5]);
    expect(read.labels).toEqual(['a', 'b', 'c']);
    // `page` differs within documents; numbers compare as such.
    expect(read.columns).toEqual({ kind: Float64Array.of(1, 2, 2) });
  });

  test('without a column it is the label', async () => {
    const flags = { label: 'doc', vector: 'x,y', quiet: true } as const;
    const read = await readCorpus([file('a.csv', VECTORS)], flags, 'sets');
    expect([...(read.corpus.offsets ?? [])]).toEqual([0, 2, 3, 5]);
    expect(read.labels).toEqual(['a', 'b', 'c']);
    const taken = { ...flags, document: 'doc' };
    await expect(readCorpus([file('a.csv', VECTORS)], taken, 'sets')).rejects.toThrow(
      'there is no column "doc"; the columns are kind, page, and labels, which name the documents without --document.',
    );
  });

  test('a document in two places, or of no name, is refused', async () => {
    const flags = { document: 'doc', vector: 'x,y', label: false, quiet: true } as const;
    const torn = `${VECTORS}\na,1,3,1,1`;
    await expect(readCorpus([file('a.csv', torn)], flags, 'sets')).rejects.toThrow(
      'row 5 belongs to "a", as row 0 does, and other documents stand between; sort the rows',
    );
    const other = { ...flags, document: 'dok' };
    await expect(readCorpus([file('a.csv', VECTORS)], other, 'sets')).rejects.toThrow(
      'there is no column "dok"; the columns are doc, kind, page.',
    );
    const none = { ...flags, document: undefined };
    await expect(readCorpus([file('a.csv', VECTORS)], none, 'sets')).rejects.toThrow(
      'nothing says to which document a vector belongs',
    );
  });

  test('flags for another kind of index are refused', async () => {
    const path = file('a.csv', VECTORS);
    await expect(readCorpus([path], { text: 'doc' }, 'points')).rejects.toThrow('"text"');
    await expect(readCorpus([path], { document: 'doc' }, 'texts')).rejects.toThrow('"document"');
    await expect(readCorpus([path, path], {}, 'texts')).rejects.toThrow('one file of texts');
  });
});
