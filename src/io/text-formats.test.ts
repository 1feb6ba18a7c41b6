import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { info, type ReadOptions, read, type VectorTable } from './index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

function utf16(text: string, isLittle = true): Uint8Array {
  const marked = `\ufeff${text}`;
  const view = new DataView(new ArrayBuffer(marked.length * 2));
  for (let i = 0; i < marked.length; i++) view.setUint16(2 * i, marked.charCodeAt(i), isLittle);
  return new Uint8Array(view.buffer);
}

const file = (content: string | Uint8Array, name: string): File =>
  new File([(typeof content === 'string' ? utf8(content) : content) as BlobPart], name);

/** The table in short: its format, its rows as numbers, its labels. */
async function table(content: string | Uint8Array, name: string, options: ReadOptions = {}) {
  const found: VectorTable = await read(file(content, name), options);
  const { data, rows, cols } = found.points;
  const numbers = Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * cols, (i + 1) * cols), (x) => Number(x.toPrecision(6))),
  );
  return { format: found.source?.format, rows: numbers, labels: found.labels };
}

async function sentence(content: string | Uint8Array, name: string, options: ReadOptions = {}) {
  const error: unknown = await read(file(content, name), options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain('\n');
  return message;
}

const WORDS = 'the 0.25 1.5 -0.75\nof 0.5 -0.25 -2.5\n  1.75 0.125 -0.5\n\u00a0 0.5 -1.25 -0.375\n';
const VALUES = [
  [0.25, 1.5, -0.75],
  [0.5, -0.25, -2.5],
  [1.75, 0.125, -0.5],
  [0.5, -1.25, -0.375],
];
const LABELS = ['the', 'of', ' ', '\u00a0'];

describe('a first line of two counts', () => {
  it.each(['.vec', '.txt', '.csv', '.bin', '.npy', ''])(
    'means word2vec text under %s',
    async (end) => {
      const found = await table(`4 3\n${WORDS}`, `words${end}`);
      expect(found).toEqual({ format: 'word2vec-text', rows: VALUES, labels: LABELS });
    },
  );

  it.each([
    ['4 4', /the first line says 4 rows of 4 numbers, but the lines have 3\./],
    ['4 2', /says 4 rows of 2 numbers, but the lines have 3/],
    ['5 3', /says 5 rows; 4 follow; the file seems to be cut off/],
    ['3 3', /says 3 rows; more follow/],
    ['4 0', /says 4 rows of 0 numbers, but the lines have 3/],
  ])('of %s that the lines contradict is refused under every name', async (counts, expected) => {
    for (const name of ['a.vec', 'a.txt', 'a.bin', 'a.glove', 'a']) {
      expect(await sentence(`${counts}\n${WORDS}`, name)).toMatch(expected);
    }
  });

  it('is a row where the format is named', async () => {
    const text = '8 3\n5 2\n7 1\n';
    expect(await sentence(text, 'a.txt')).toMatch(/--format glove or tsv/);
    const found = await table(text, 'a.txt', { format: 'glove' });
    expect(found).toMatchObject({ rows: [[3], [2], [1]], labels: ['8', '5', '7'] });
  });

  it('never makes float32 of text, even if asked', async () => {
    const text = `4 4\n${WORDS}`;
    expect(await sentence(text, 'a.bin', { format: 'word2vec-binary' })).toMatch(/rows are text/);
  });

  it('behind a comment is refused rather than read as a row', async () => {
    expect(await sentence('# words\n2 1\na 5\nb 6\n', 'a.txt')).toMatch(/line 2 has two counts/);
  });
});

describe('the width of GloVe text', () => {
  it('is what most lines have, blank labels included', async () => {
    expect(await table(WORDS, 'a.txt')).toEqual({ format: 'glove', rows: VALUES, labels: LABELS });
  });

  it.each([
    [
      'a number too few',
      'a 1.5 2.5\nb 3.5\nc 1.5 2.5\nd 1.5 2.5\n',
      /line 2 has 1 number; 2 are expected\./,
    ],
    [
      'a number too many',
      'a 1.5 2.5\nb 3.5 0.5 0.25\nc 1.5 2.5\n',
      /line 2 has 3 numbers; 2 are expected/,
    ],
    [
      'a word',
      'a 1.5 2.5\nb 3.5 NA\nc 1.5 2.5\n',
      /line 2: "NA" is not a number \(column 2 of 2\)/,
    ],
    [
      'an end that is missing',
      'a 1.5 2.5\nb 3.5 0.5\nc 1.5 2.5\nd 0.5',
      /line 4 has 1 number; 2 are expected; the file seems to be cut off/,
    ],
    ['no width that most have', 'a 1.5 2.5\nb 3.5\n', /line 1 has 2 numbers, but line 2 has 1/],
  ])('%s is named with its line', async (_, text, expected) => {
    expect(await sentence(text, 'a.txt')).toMatch(expected);
  });

  it('is watched beyond the first lines', async () => {
    const many = 'word 0.5 0.25 0.125\n'.repeat(40_000);
    expect(await sentence(`${many}odd 0.5 0.25\n`, 'a.txt')).toMatch(/line 40001 has 2 numbers/);
  });

  it('leaves whole numbers behind words in the label', async () => {
    const found = await table('a 0.5 0.25\ntop 10 0.5 1.5\n42 0.5 0.5\nb 1.5 0.5\n', 'a.txt');
    expect(found.labels).toEqual(['a', 'top 10', '42', 'b']);
    expect(found.rows[1]).toEqual([0.5, 1.5]);
  });

  it('passes over comments before the first row', async () => {
    const found = await table(`# made by a model\n#\n${WORDS}`, 'a.txt');
    expect(found).toMatchObject({ rows: VALUES, labels: LABELS });
    expect(await sentence(`# a model\nthe 0.5\n${WORDS}`, 'a.txt')).toMatch(/line 2 has 1 number/);
  });

  it('takes a label that is # for a row', async () => {
    expect((await table('# 0.5 0.25\na 0.5 1.5\n', 'a.txt')).labels).toEqual(['#', 'a']);
  });

  it('is told by a flag where lines are whole numbers that begin alike', async () => {
    const text = '1 0 2\n1 3 4\n2 5 6\n';
    expect(await sentence(text, 'a.txt')).toMatch(/--label 1 or --no-label/);
    expect(await table(text, 'a.txt', { label: '1' })).toMatchObject({ labels: ['1', '1', '2'] });
    const bare = await table(text, 'a.txt', { label: false });
    expect(bare).toMatchObject({
      rows: [
        [1, 0, 2],
        [1, 3, 4],
        [2, 5, 6],
      ],
      labels: undefined,
    });
  });

  it('a first line that could be names is refused, or a row where the caller says so', async () => {
    const text = 'label 0 1 2\na 0.5 0.25 1.5\nb 1.5 2.5 0.5\n';
    expect(await sentence(text, 'a.txt')).toMatch(/first line could be the names.*--no-header/);
    expect((await table(text, 'a.txt', { header: false })).rows[0]).toEqual([0, 1, 2]);
  });

  it('decimal commas are refused in a sentence about them', async () => {
    expect(await sentence('the 0,12 0,34 0,56\nof 0,5 0,25 0,1\n', 'a.txt')).toMatch(
      /decimal commas/,
    );
  });

  it('a last number without the digits of all others is named', async () => {
    const line = (i: number): string => `w${i} ${'0.1234 '.repeat(9)}0.1234\n`;
    const text = Array.from({ length: 8 }, (_, i) => line(i)).join('');
    expect(await sentence(text.slice(0, -3), 'a.txt')).toMatch(
      /line 8 ends in a number .* cut off/,
    );
    expect((await table(text.slice(0, -1), 'a.txt')).rows).toHaveLength(8);
  });
});

describe('CSV', () => {
  const rows = [
    [0.5, 0.25, 0.125],
    [1.5, -0.5, 0.75],
    [0.875, 2.5, -1.5],
  ];
  const labels = ['cat', 'dog', 'cow'];
  const body = rows.map((row, i) => `${labels[i]},${row.join(',')}\n`).join('');

  it.each([
    ['label,0,1,2\n', body],
    ['animal,0,1,2\n', body],
    ['word,10,11,12\n', body],
    ['# created 2024-01-01, model X\nid,x0,x1,x2\n', body],
    ['# a comment of\n# two lines\n', body],
    ['', body],
    ['0,1,2,label\n', rows.map((row, i) => `${row.join(',')},${labels[i]}\n`).join('')],
  ])('is read with the first lines %j', async (head, rest) => {
    expect(await table(head + rest, 'a.csv')).toEqual({ format: 'csv', rows, labels });
  });

  it.each([
    [
      'whole numbers under whole numbers',
      'cat,0,1,2\ndog,5,3,9\n',
      /could be the names of the columns or a row; say which \(--header or --no-header\)/,
    ],
    [
      'a gap in the first row',
      'cat,0.5,,0.5\ndog,0.5,1.5,0.5\n',
      /its field 3 is empty, and numbers stand below it/,
    ],
    ['NA in the first row', 'cat,0.5,NA\ndog,0.5,1.5\n', /its field 3 is "NA"/],
    [
      'a preamble',
      'Embeddings of words\nlabel,x0,x1\na,1,2\nb,3,4\n',
      /line 1 has 1 field; 3 are expected/,
    ],
    [
      'a short row behind the names',
      'w,x0,x1\na,1\nb,1,2\nc,1,2\n',
      /row 1 has 2 fields; 3 are expected/,
    ],
    ['two columns of one name', 'w,x0,x0\na,1,2\n', /two columns have the name "x0"/],
    [
      'NA in a column with a name of its own',
      'w,alpha,beta\na,1.5,NA\nb,2.5,1.5\nc,0.5,2.5\n',
      /row 1, column "beta" is "NA", where most rows have numbers/,
    ],
    [
      'whole numbers before fractions',
      '5,0.5,0.25\n7,1.5,0.5\n',
      /column 1 holds whole numbers .*--label 1 or --no-label/,
    ],
    ['a cut end', 'w,x0,x1\na,1,2\nb,3,4\nc,5', /row 3 has 2 fields; 3 are expected/],
    [
      'marks that could be characters',
      'x,0.5,1.5\n",0.5,2.5\ny,1.5,0.5\n",2.5,0.5\n',
      /quotation mark that closes 2 lines below.*--no-quotes/,
    ],
  ])('%s is refused', async (_, text, expected) => {
    expect(await sentence(text, 'a.csv')).toMatch(expected);
  });

  it('what is refused is read where the caller says how', async () => {
    const whole = 'cat,0,1\ndog,5,3\n';
    expect((await table(whole, 'a.csv', { header: false })).rows).toEqual([
      [0, 1],
      [5, 3],
    ]);
    expect((await table(whole, 'a.csv', { header: true })).rows).toEqual([[5, 3]]);
    const ids = '5,0.5,0.25\n7,1.5,0.5\n';
    expect((await table(ids, 'a.csv', { label: '1' })).labels).toEqual(['5', '7']);
    expect((await table(ids, 'a.csv', { label: false })).rows[0]).toEqual([5, 0.5, 0.25]);
    const marks = 'x,0.5,1.5\n",0.5,2.5\ny,1.5,0.5\n",2.5,0.5\n';
    expect((await table(marks, 'a.csv', { quotes: false })).labels).toEqual(['x', '"', 'y', '"']);
  });

  it.each([';', '\t', '|'])('has decimal commas between %j', async (delimiter) => {
    const text = rows.map((row) => row.join(delimiter).replaceAll('.', ',')).join('\n');
    expect((await table(`${text}\n`, 'a.csv')).rows).toEqual(rows);
    const named = `w${delimiter}x0${delimiter}x1${delimiter}x2\n`;
    const lines = rows.map((row, i) => [labels[i], ...row].join(delimiter).replaceAll('.', ','));
    expect(await table(`${named}${lines.join('\n')}\n`, 'a.csv')).toMatchObject({ rows, labels });
  });

  it.each([
    ['1,234;5,678\n9,125;3,375\n', /could be decimal or part thousands/],
    ['a;0,5;0.5\nb;1,5;2.5\n', /column 2 has decimal commas \(1,5\), but column 3 has points/],
    ['1,5;3;4\n2,5;6;7\n', /column 1 holds texts such as 2,5/],
  ])('commas in %j are refused in a sentence about them', async (text, expected) => {
    expect(await sentence(text, 'a.csv')).toMatch(expected);
  });

  it('columns that count from anywhere, in any order, are the vector in numeric order', async () => {
    const names = ['w', 'd_100', 'd_101', 'd_99', 'freq'];
    const found = await read(
      file(`${names.join(',')}\na,2.5,3.5,1.5,7\nb,5.5,6.5,4.5,8\n`, 'a.csv'),
    );
    expect([...found.points.data]).toEqual([1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
    expect(found.columns).toEqual({ freq: ['7', '8'] });
    const wide = Array.from({ length: 12 }, (_, i) => i);
    const order = wide.map((i) => `dim_${i}`).sort();
    const line = order.map((name) => `0.${name.slice(4).padStart(2, '0')}5`).join(',');
    const sorted = await table(`word,${order.join(',')}\na,${line}\nb,${line}\n`, 'a.csv');
    expect(sorted.rows[0]).toEqual(wide.map((i) => Number(`0.${String(i).padStart(2, '0')}5`)));
  });

  it('a gap in the counting, or a text in it, is named', async () => {
    const gap = 'w,d0,d1,d3\na,1.5,2.5,3.5\n';
    expect(await sentence(gap, 'a.csv')).toMatch(/columns d0 … d3 are counted, but .* "d2"/);
    const text = 'w,d0,d1,d2\na,1.5,NA,3.5\nb,1.5,2.5,3.5\n';
    expect(await sentence(text, 'a.csv')).toMatch(/no column of numbers is called "d1"/);
    const twice = 'w,d1,d01,d2\na,1.5,2.5,3.5\n';
    expect(await sentence(twice, 'a.csv')).toMatch(/two columns have the number 1 of "d"/);
  });

  it('a table with spaces behind commas is no GloVe text under .txt', async () => {
    const found = await table('cat, 0.5, 0.25\ndog, 1.5, 2.5\n', 'a.txt');
    expect(found).toEqual({
      format: 'csv',
      rows: [
        [0.5, 0.25],
        [1.5, 2.5],
      ],
      labels: ['cat', 'dog'],
    });
  });

  it('two readers that would find as many numbers are both named', async () => {
    expect(await sentence('1.5,item 5\n2.5,item 6\n', 'a.txt')).toMatch(
      /CSV or GloVe text.*--format csv or glove/,
    );
  });
});

describe('encodings', () => {
  const text = 'café 0.5 0.25\nrosé 1.5 2.5\nthe 0.5 1.5\n';
  const labels = ['café', 'rosé', 'the'];

  it.each([
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), {}],
    ['UTF-16, little-endian', utf16(text), {}],
    ['UTF-16, big-endian', utf16(text, false), {}],
    ['UTF-16 without a mark, where it is named', utf16(text).slice(2), { encoding: 'utf-16le' }],
    ['Latin-1, where it is named', latin1(text), { encoding: 'latin1' }],
    ['windows-1252, where it is named', latin1(text), { encoding: 'windows-1252' }],
  ] as const)('%s', async (_, bytes, options) => {
    expect((await table(bytes, 'a.txt', options)).labels).toEqual(labels);
    expect((await info(file(bytes, 'a.txt'), options)).bytes).toBe(bytes.length);
  });

  it('bytes that are not UTF-8 are refused with their line', async () => {
    expect(await sentence(latin1(text), 'a.txt')).toMatch(
      /label of line 1 is not UTF-8.*--encoding latin1/,
    );
    expect(await sentence(latin1(`3 2\n${text}`), 'a.vec')).toMatch(/label of line 2 is not UTF-8/);
    const csv = 'the,0.5,0.25\ncafé,1.5,2.5\n';
    expect(await sentence(latin1(csv), 'a.csv')).toMatch(/row 2, column "1" is not UTF-8/);
    expect(await sentence(latin1('café,x0\na,0.5\n'), 'a.csv')).toMatch(
      /line of names is not UTF-8/,
    );
  });

  it('UTF-16 that ends inside a character is refused', async () => {
    expect(await sentence(utf16(text).slice(0, -1), 'a.txt')).toMatch(/cut off inside a character/);
  });

  it('an unknown encoding is refused with the known ones', async () => {
    const options = { encoding: 'ebcdic' as 'latin1' };
    expect(await sentence(text, 'a.txt', options)).toMatch(/there are utf-8, utf-16le/);
  });
});

describe('rows of word2vec binary', () => {
  const labels = ['the', 'new york', 'café', 'one two three', '日本'];
  const values = (row: number): number[] => [row + 0.3, -row - 0.7, 1.1 / (row + 1)];

  function binary(names: readonly string[], end: string, head = `${names.length} 3`): Uint8Array {
    const rows = names.flatMap((label, i) => [
      ...utf8(`${label} `),
      ...new Uint8Array(Float32Array.from(values(i)).buffer),
      ...utf8(end),
    ]);
    return Uint8Array.from([...utf8(`${head}\n`), ...rows]);
  }

  it.each([
    ['with line breaks', '\n'],
    ['without', ''],
  ])('%s keep labels with spaces', async (_, end) => {
    const found = await read(file(binary(labels, end), 'a.bin'));
    expect(found.labels).toEqual(labels);
    expect(found.points.data).toEqual(Float32Array.from(labels.flatMap((_, i) => values(i))));
  });

  it('with other counts than the first line says are refused', async () => {
    for (const end of ['\n', '']) {
      for (const head of ['5 2', '5 4', '4 3', '6 3']) {
        await sentence(binary(labels, end, head), 'a.bin');
      }
      await sentence(binary(labels, end).slice(0, -3), 'a.bin');
    }
    const less = binary(labels, '\n', '4 3');
    expect(await sentence(less, 'a.bin')).toMatch(
      /says 4 rows of 3 numbers, but 20 bytes follow the last/,
    );
  });

  it('labels must be text in the encoding', async () => {
    const bytes = binary(['cafX', 'the'], '\n').map((byte) => (byte === 0x58 ? 0xe9 : byte));
    expect(await sentence(bytes, 'a.bin')).toMatch(/label of row 1 is not UTF-8/);
    const found = await read(file(bytes, 'a.bin'), { encoding: 'latin1' });
    expect(found.labels).toEqual(['café', 'the']);
  });
});
