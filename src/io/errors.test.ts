import { describe, expect, it } from 'vitest';
import { TammesError } from '../core/errors.ts';
import { encode, type FormatId, type ReadOptions, read } from './index.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const bytes = (...parts: (string | readonly number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...text(part)] : [...part])),
  );
const int32 = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const float32 = (...values: number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(values).buffer);

/** An npy file by hand: magic, version 1.0, length, header padded with spaces, data. */
function npyFile(header: string, data: Uint8Array): Uint8Array {
  const padded = `${header.padEnd(117)}\n`;
  return bytes([0x93], 'NUMPY', [1, 0, 118, 0], padded, data);
}

async function sentence(source: Uint8Array, options: ReadOptions = {}): Promise<string> {
  const error: unknown = await read(source, options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(TammesError);
  return (error as TammesError).message;
}

describe('an npy file written by hand', () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  it('is 128 bytes of header and the rows, as numpy.lib.format says', async () => {
    const file = npyFile(header, float32(1, 2, 3, 4, 5, 6));
    expect([...(await read(file)).points.data]).toEqual([1, 2, 3, 4, 5, 6]);
    const points = { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, cols: 3 };
    expect(await encode({ points }, { format: 'npy' })).toEqual(file);
  });

  it('in Fortran order lies column after column', async () => {
    const file = npyFile(header.replace('False', 'True'), float32(1, 4, 2, 5, 3, 6));
    expect([...(await read(file)).points.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    [
      'that ends early',
      header,
      float32(1, 2, 3),
      /says 2 × 3 f4, which is 24 bytes, but 12 follow/,
    ],
    [
      'that claims a trillion rows',
      header.replace('(2', '(1000000000000'),
      float32(1),
      /but 4 follow/,
    ],
    [
      'that claims more rows than a number holds',
      header.replace('(2', '(99999999999999999999'),
      float32(1),
      /not a list of sizes/,
    ],
    [
      'of whole numbers in one dimension',
      header.replace('(2, 3)', '(6,)').replace('f4', 'i4'),
      float32(1, 2, 3, 4, 5, 6),
      /has 1 dimension \(6\); 2 are expected/,
    ],
    [
      'of three dimensions',
      header.replace('(2, 3)', '(2, 2, 3)'),
      float32(1),
      /has 3 dimensions \(2 × 2 × 3\)/,
    ],
    ['without columns', header.replace('(2, 3)', '(5, 0)'), float32(), /its vectors are empty/],
    ['without rows', header.replace('(2, 3)', '(0, 3)'), float32(), /the file has no rows/],
    [
      'of text',
      header.replace('<f4', '<U5'),
      float32(),
      /has the type <U5; a number type is expected/,
    ],
    ['of objects', header.replace('<f4', '|O'), float32(), /has the type \|O/],
    ['with named fields', header.replace("'<f4'", "[('x', '<f4')]"), float32(), /structured dtype/],
    ['without a shape', "{'descr': '<f4', 'fortran_order': False}", float32(), /header is damaged/],
  ])('%s gives one sentence', async (_, head, data, expected) => {
    expect(await sentence(npyFile(head, data))).toMatch(expected);
  });

  it('with a header longer than the file is refused', async () => {
    const file = npyFile(header, float32(1, 2, 3, 4, 5, 6));
    file[9] = 200;
    expect(await sentence(file)).toMatch(/header claims 51318 bytes; the file has 152/);
  });

  it('of version 9 is refused', async () => {
    const file = npyFile(header, float32(1, 2, 3, 4, 5, 6));
    file[6] = 9;
    expect(await sentence(file)).toMatch(/npy version 9\.0 is not known/);
  });
});

describe('files that are not what they seem', () => {
  it.each<[string, Uint8Array, ReadOptions, RegExp]>([
    ['an empty file', bytes(), {}, /^bytes: the file is empty\.$/],
    ['bytes of no format', bytes([1, 2, 3]), {}, /the format was not recognised; name it/],
    ['gzip', bytes([0x1f, 0x8b, 8, 0]), {}, /the gzip data end too early; the file is truncated/],
    [
      'the wrong magic',
      bytes('not numpy at all'),
      { format: 'npy' },
      /begins with the bytes \\x93NUMPY/,
    ],
    [
      'an unknown format',
      bytes('1'),
      { format: 'xyz' as FormatId },
      /there is no format "xyz"; there are npy/,
    ],
    [
      'word2vec with too few rows',
      bytes('3 2\na 1 2\nb 3 4 5 6 7 8 9\n'),
      { format: 'word2vec-text' },
      /line 3: .*|3 rows; 2 follow/,
    ],
    [
      'word2vec that claims too much',
      bytes('999999999 300\na 1 2\n'),
      { format: 'word2vec-text' },
      /999999999 × 300; \d+ bytes cannot hold that/,
    ],
    [
      'word2vec binary that claims too much',
      bytes('999999999 300\na ', [0, 0, 0, 0]),
      { format: 'word2vec-binary' },
      /takes at least 1200999998799 bytes; 6 follow/,
    ],
    [
      'fvecs of a broken length',
      bytes(int32(3), float32(1, 2)),
      { format: 'fvecs' },
      /no whole number of them/,
    ],
    [
      'fvecs with rows of two lengths',
      bytes(int32(1), float32(1), int32(2), float32(1)),
      { format: 'fvecs' },
      /row 2 says it has 2 numbers; row 1 has 1/,
    ],
    [
      'fvecs with no columns',
      bytes(int32(0, 0)),
      { format: 'fvecs' },
      /first row says it has 0 numbers/,
    ],
    [
      'safetensors that claims too much',
      bytes([255, 255, 255, 0, 0, 0, 0, 0], '{}'),
      { format: 'safetensors' },
      /header claims 16777215 bytes; the file has 10/,
    ],
    [
      'safetensors beyond its end',
      bytes(
        [76, 0, 0, 0, 0, 0, 0, 0],
        '{"v":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}'.padEnd(76),
        float32(1),
      ),
      {},
      /"v" is 2 × 3 F32 at bytes 0 to 24, which does not fit/,
    ],
    [
      'a ragged CSV',
      bytes('a,b\n1,2\n3,4,5\n'),
      { format: 'csv' },
      /row 2 has 3 fields; 2 are expected/,
    ],
    [
      'a CSV with a word among the numbers',
      bytes(`w,x0,x1\n${'a,1,2\n'.repeat(300)}b,1,oops\n`),
      {},
      /row 301, column "x1" is "oops"; a number is expected/,
    ],
    [
      'a CSV with a gap',
      bytes(`w,x0,x1\n${'a,1,2\n'.repeat(300)}b,,2\n`),
      {},
      /row 301, column "x0" is empty/,
    ],
    [
      'a CSV with an open quotation mark',
      bytes('w,x0\na,1\n"b,2\n'),
      { format: 'csv' },
      /row 2 has a quotation mark that is not closed/,
    ],
    [
      'a CSV with something behind a closing mark',
      bytes('w,x0\n"a"b,1\n'),
      { format: 'csv' },
      /behind a closing quotation mark/,
    ],
    [
      'a CSV of words only',
      bytes('a,b\nc,d\n'),
      { format: 'csv' },
      /no column holds vectors or numbers; the columns are "1", "2"/,
    ],
    [
      'a CSV with two families of columns',
      bytes('a0,a1,b0,b1\n1,2,3,4\n'),
      { format: 'csv' },
      /could be any of the columns "a0 … a1", "b0 … b1"; name one/,
    ],
    [
      'JSON lines with a broken line',
      bytes('{"v":[1,2]}\n{"v":[1\n'),
      { format: 'jsonl' },
      /line 2 is not JSON/,
    ],
    [
      'JSON lines of two lengths',
      bytes('{"v":[1,2]}\n{"v":[1]}\n'),
      {},
      /line 2: field "v" has 1 number; 2 are expected/,
    ],
    [
      'JSON lines with two vectors',
      bytes('{"a":[1],"b":[2]}\n'),
      {},
      /could be any of the columns "a", "b"; name one/,
    ],
    [
      'JSON lines without the field',
      bytes('{"a":[1]}\n'),
      { vector: 'v' },
      /there is no column "v"; there are "a"/,
    ],
    [
      'GloVe with a short line',
      bytes('a 1 2 3\nb 1 2 3\n', 'c 1 2 3\n'.repeat(2000), 'd 1\n'),
      {},
      /line 2003 has 1 number; 3 are expected/,
    ],
    [
      'GloVe with a word among the numbers',
      bytes('a 1.5 2\n'.repeat(2000), 'b x 2\n'),
      {},
      /line 2001: "x" is not a number \(column 1 of 2\)/,
    ],
    ['Parquet cut short', bytes('PAR1 and then nothing'), {}, /closing mark is missing/],
    ['Arrow cut short', bytes('ARROW1\0\0 and then nothing at all'), {}, /closing mark is missing/],
  ])('%s', async (_, file, options, expected) => {
    const message = await sentence(file, options);
    expect(message).toMatch(expected);
    expect(message).not.toContain('\n');
  });
});
