import { fixedSizeList, float32, list, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { TammesError } from '../core/errors.ts';
import { info, type ReadOptions, read } from './index.ts';

/** A file of this name. */
const file = (name: string, ...parts: (string | Uint8Array)[]): File =>
  new File(parts as BlobPart[], name);

async function sentence(source: File, options: ReadOptions = {}): Promise<string> {
  const error: unknown = await read(source, options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(TammesError);
  return (error as TammesError).message;
}

const PAGE = `<!DOCTYPE html>\n<html><head><title>Quota exceeded</title></head>\n<body>No.</body></html>\n`;
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 987\n`;
const ROWS = ['the 0.25 -1.5 3', 'of 1.25 0.5 2', 'and 0.75 2.5 1', 'to 4.5 0.5 8'];

describe('what was saved under the name of vectors', () => {
  it.each([
    'v.npy',
    'v.npz',
    'v.parquet',
    'v.arrow',
    'v.csv',
    'v.txt',
    'v.vec',
    'v.bin',
    'v.jsonl',
    'v.pt',
    'v',
  ])('as %s, a page of the web is called so, and a pointer of Git LFS', async (name) => {
    expect(await sentence(file(name, PAGE))).toBe(
      `${name}: the file is an HTML page ("Quota exceeded"), not vectors; the download seems to have failed.`,
    );
    expect(await sentence(file(name, POINTER))).toBe(
      `${name}: the file is a pointer of Git LFS, not the data, which have 987 bytes; fetch them (git lfs pull).`,
    );
  });

  it('a store’s error in XML is named by its code', async () => {
    const xml = '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>';
    expect(await sentence(file('v.npy', xml))).toMatch(/error message in XML \(AccessDenied\)/);
  });

  it('a page as metadata or labels is no column', async () => {
    const vectors = file('v.csv', 'x0,x1\n1.5,2\n2.5,3\n');
    expect(await sentence(vectors, { metadata: file('m.tsv', PAGE) })).toMatch(/^m.tsv: .* HTML/);
    expect(await sentence(vectors, { labelsFrom: file('l.txt', POINTER) })).toMatch(/Git LFS/);
  });

  it('a word that begins as a tag is a word', async () => {
    const { labels } = await read(file('v.txt', '<html> 0.5 1.5\n<body> 2.5 0.25\n'));
    expect(labels).toEqual(['<html>', '<body>']);
  });
});

describe('text that was damaged', () => {
  it.each([
    ['v.txt', ROWS],
    ['v.vec', ['4 3', ...ROWS]],
    ['v.csv', ['word,x0,x1,x2', ...ROWS.map((row) => row.replaceAll(' ', ','))]],
    ['v.jsonl', ROWS.map((row) => JSON.stringify({ vector: row.split(' ').slice(1).map(Number) }))],
  ])('%s with a conflict of git names its lines', async (name, lines) => {
    for (const at of [0, 2, lines.length]) {
      const all = [
        ...lines.slice(0, at),
        '<<<<<<< HEAD',
        lines[1],
        '=======',
        lines[2],
        '>>>>>>> branch',
        ...lines.slice(at),
      ];
      for (const end of ['\n', '\r\n']) {
        expect(await sentence(file(name, all.join(end)))).toBe(
          `${name}: line ${at + 1} begins a conflict that git left in the file (<<<<<<<, =======, >>>>>>> in line ${at + 5}); resolve it first.`,
        );
      }
    }
  });

  it('a word of such marks is a word', async () => {
    const { labels } = await read(file('v.txt', '<<<<<<< 0.5 1.5\n======= 1 2.5\n>>>>>>> 2 0.5\n'));
    expect(labels).toEqual(['<<<<<<<', '=======', '>>>>>>>']);
  });

  it.each([
    ['v.txt', ROWS],
    ['v.vec', ['4 3', ...ROWS]],
    ['v.csv', ['word,x0,x1,x2', ...ROWS.map((row) => row.replaceAll(' ', ','))]],
  ])('%s that ends in zero bytes names the line', async (name, lines) => {
    const text = lines.join('\n').slice(0, -3);
    expect(await sentence(file(name, text, new Uint8Array(40)))).toBe(
      `${name}: the text has zero bytes, the first in line ${lines.length}, as a write that was interrupted leaves them; the file is damaged.`,
    );
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s without its mark is named', async (encoding) => {
    const bytes = Uint8Array.from(`${ROWS.join('\n')}\n`, (c) => c.charCodeAt(0));
    const at = encoding === 'utf-16le' ? 0 : 1;
    const wide = new Uint8Array(2 * bytes.length).map((_, i) => (i % 2 === at ? bytes[i >> 1] : 0));
    const message = await sentence(file('v.txt', wide));
    expect(message).toMatch(`say so (--encoding ${encoding})`);
    expect((await read(file('v.txt', wide), { encoding })).labels).toEqual([
      'the',
      'of',
      'and',
      'to',
    ]);
  });
});

describe('rows in another form', () => {
  const sparse = ['the 1:0.5 7:2.25', 'of 2:1.5 3:-0.25 9:4', 'and 8:3.5'];

  it.each([
    ['v.txt', sparse],
    ['v.vec', ['3 10', ...sparse]],
    ['v.word', ['3 10', ...sparse]],
    ['v', sparse.map((row) => row.replace(/^\S+/, '1'))],
  ])('%s of index:value says that they are sparse', async (name, lines) => {
    expect(await sentence(file(name, lines.join('\n')))).toMatch(
      /the vectors are sparse, index:value/,
    );
  });

  it.each([
    ['commas behind a blank', (w: string, x: string[]) => `${w} ${x.join(',')}`],
    ['commas and blanks', (w: string, x: string[]) => `${w} ${x.join(', ')}`],
    ['brackets and commas', (w: string, x: string[]) => `${w} [${x.join(', ')}]`],
    ['brackets and blanks', (w: string, x: string[]) => `${w} [${x.join(' ')}]`],
    ['semicolons behind a blank', (w: string, x: string[]) => `${w} ${x.join(';')}`],
    ['a comma behind the label', (w: string, x: string[]) => `${w},${x.join(' ')}`],
    ['a colon behind the label', (w: string, x: string[]) => `${w}:${x.join(' ')}`],
  ])('with %s are refused, with counts and without', async (_, form) => {
    const rows = ROWS.map((row) => {
      const [word, ...numbers] = row.split(' ');
      return form(
        word,
        numbers.map((x) => Number(x).toFixed(2)),
      );
    });
    for (const name of ['v.txt', 'v.vec', 'v.csv', 'v']) {
      await sentence(file(name, rows.join('\n')));
      await sentence(file(name, ['4 3', ...rows].join('\n')));
    }
  });

  it('two rows in one line are not one with a long label', async () => {
    const lines = [ROWS[0], `${ROWS[1].replace(' 2', ' 2.5')} ${ROWS[2]}`, ROWS[3]];
    const text = lines.join('\n').replaceAll(' 3', ' 3.5');
    expect(await sentence(file('v.txt', text))).toMatch(/line 2 has 6 numbers; 3 are expected/);
  });
});

describe('vectors of missing numbers', () => {
  it.each([
    ['a.jsonl', '{"id":"a","vector":[1,2]}\n{"id":"b","vector":[null,null]}\n', 'line 2 (id "b")'],
    ['a.json', '[{"id":"a","vector":[null,null]},{"id":"b","vector":[1,2]}]', 'row 1 (id "a")'],
    ['a.csv', 'id,vector\na,"[1, 2]"\nb,"[None, None]"\n', 'row 2, column "vector"'],
  ])('%s names the first row without one', async (name, text, where) => {
    expect(await sentence(file(name, text))).toBe(`${name}: ${where} has no vector.`);
    expect((await info(file(name, text))).rows).toBe(2);
  });

  it.each([list(float32()), fixedSizeList(float32(), 2)])('in Arrow, too', async (embedding) => {
    const rows = (second: (number | null)[]) => {
      const data = { id: ['a', 'b', 'c'], embedding: [[1, 2], second, [3, 4]] };
      return tableToIPC(tableFromArrays(data, { types: { id: utf8(), embedding } }), {});
    };
    const bytes = rows([null, null]) as Uint8Array;
    expect(await sentence(file('a.arrow', bytes))).toBe('a.arrow: row 2 has no vector.');
    const { points } = await read(file('a.arrow', rows([null, 5]) as Uint8Array));
    expect([...points.data]).toEqual([1, 2, Number.NaN, 5, 3, 4]);
  });

  it('some missing numbers are NaN', async () => {
    const { points } = await read(file('a.jsonl', '{"vector":[1,null]}\n{"vector":[2,3]}\n'));
    expect([...points.data]).toEqual([1, Number.NaN, 2, 3]);
  });
});

describe('the metadata of the projector', () => {
  const vectors = file('tensors.tsv', '0.5\t1.5\n2.5\t3.5\n4.5\t0.25\n');

  it.each([
    ['one column', 'a\nb\nc\n'],
    ['one column without a last line break', 'a\nb\nc'],
    ['one column and an empty line', 'a\nb\nc\n\n'],
    ['one column under a name', 'unit\na\nb\nc\n'],
    ['one column under a name, and an empty line', 'unit\r\na\r\nb\r\nc\r\n\r\n'],
    ['two columns under names', 'word\tcount\na\t1\nb\t2\nc\t3\n'],
  ])('as %s gives the labels', async (_, text) => {
    expect((await read(vectors, { metadata: file('m.tsv', text) })).labels).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('keeps an empty label where there is one a vector', async () => {
    const metadata = file('m.tsv', 'a\nb\n\n');
    expect((await read(vectors, { metadata })).labels).toEqual(['a', 'b', '']);
  });

  it.each(['a\nb\n', 'unit\na\n', 'a\nb\nc\nd\ne\n'])('%j has another count', async (text) => {
    const message = await sentence(vectors, { metadata: file('m.tsv', text) });
    expect(message).toMatch(/the metadata have \d rows?, and tensors.tsv has 3 vectors/);
  });

  it('a column that repeats stays a column', async () => {
    const metadata = file('m.tsv', 'cluster\na\nb\na\n');
    const { labels, columns } = await read(vectors, { metadata });
    expect([labels, columns]).toEqual([undefined, { cluster: ['a', 'b', 'a'] }]);
  });
});

it('a first row whose label begins with # and whose last value is missing is no comment', async () => {
  const rows = [
    '#1 0.5836 -0.5609 1.3753 NA',
    'of 0.3613 0.7728 0.3108 0.2720',
    'to 0.1 0.2 0.3 0.4',
  ];
  const bytes = new TextEncoder().encode(`${rows.join('\n')}\n`);
  await expect(read(new File([bytes], 'a.glove'))).rejects.toThrow('line 1');
});
