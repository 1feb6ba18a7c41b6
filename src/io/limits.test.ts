import { describe, expect, it } from 'vitest';
import {
  type DType,
  encode,
  type FormatId,
  firstBadValue,
  read,
  type VectorTable,
} from './index.ts';

describe('what cannot be written is refused with the row', () => {
  const table = (value: number, label = 'a'): VectorTable => ({
    points: { data: Float32Array.of(1, 2, value, 4), rows: 2, cols: 2 },
    labels: ['x', label],
  });
  it.each<[string, VectorTable, FormatId, DType | undefined, RegExp]>([
    [
      'a fraction in i1',
      table(0.5),
      'npy',
      'i1',
      /i1 holds whole numbers from -128 to 127; row 2, column 1 is 0\.5/,
    ],
    ['200 in i1', table(200), 'npy', 'i1', /row 2, column 1 is 200/],
    ['NaN in i4', table(Number.NaN), 'npz', 'i4', /row 2, column 1 is NaN/],
    [
      '70,000 in f2',
      table(70000),
      'safetensors',
      'f2',
      /f2 holds values up to 65,504; row 2, column 1 is 70000/,
    ],
    [
      'a line break in GloVe',
      table(1, 'a\nb'),
      'glove',
      undefined,
      /label "a\\nb" of row 2 has a line break/,
    ],
    ['a blank label in GloVe', table(1, ' '), 'glove', undefined, /of row 2 is blank/],
    [
      'a phrase that ends in a number in GloVe',
      table(1, 'top 10'),
      'glove',
      undefined,
      /ends in a number/,
    ],
    [
      'a space in word2vec binary',
      table(1, 'a b'),
      'word2vec-binary',
      undefined,
      /label "a b" of row 2 has a space/,
    ],
    [
      'a zero character at the end in npz',
      table(1, 'a\0'),
      'npz',
      undefined,
      /text of row 2 ends in a zero character/,
    ],
  ])('%s', async (_, content, format, dtype, expected) => {
    await expect(encode(content, { format, dtype })).rejects.toThrow(expected);
  });

  it('labels that are all decimals would be read as vectors in GloVe', async () => {
    const points = { data: Float32Array.of(1, 2), rows: 2, cols: 1 };
    await expect(encode({ points, labels: ['1.5', '2.5'] }, { format: 'glove' })).rejects.toThrow(
      /every label is a decimal number/,
    );
  });

  it('a table without rows, or with too few labels', async () => {
    const none = { data: new Float32Array(0), rows: 0, cols: 2 };
    await expect(encode({ points: none }, { format: 'npy' })).rejects.toThrow(/no rows to write/);
    const one = { data: Float32Array.of(1), rows: 1, cols: 1 };
    await expect(encode({ points: one, labels: [] }, { format: 'npy' })).rejects.toThrow(
      /1 labels/,
    );
    const columns = { y: new Float64Array(3) };
    await expect(encode({ points: one, columns }, { format: 'npy' })).rejects.toThrow(/column "y"/);
  });
});

describe('NaN and infinity', () => {
  const data = Float32Array.of(1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY, 6);
  const table: VectorTable = { points: { data, rows: 2, cols: 3 }, labels: ['a', 'b'] };

  it('are read as they are', async () => {
    for (const format of ['npy', 'csv', 'jsonl', 'glove', 'parquet'] as const) {
      const { points } = await read(await encode(table, { format }), { format });
      expect([...points.data]).toEqual([...data]);
    }
  });

  it('are found, with row and column', () => {
    expect(firstBadValue(table.points)).toEqual({ row: 1, column: 0, value: Number.NaN });
    expect(firstBadValue({ data: Float64Array.of(1, -Infinity), rows: 1, cols: 2 })).toEqual({
      row: 0,
      column: 1,
      value: Number.NEGATIVE_INFINITY,
    });
    expect(firstBadValue({ data: Float32Array.of(1, 3e38), rows: 2, cols: 1 })).toBeNull();
  });
});

describe('small tables', () => {
  it.each([
    ['one row', { data: Float32Array.of(1.5, 2), rows: 1, cols: 2 }],
    ['one column', { data: Float32Array.of(1.5, 2), rows: 2, cols: 1 }],
    ['one number', { data: Float32Array.of(1.5), rows: 1, cols: 1 }],
  ])('%s survives every format', async (_, points) => {
    const labels = Array.from({ length: points.rows }, (__, i) => `w${i}`);
    for (const format of [
      'npy',
      'npz',
      'glove',
      'word2vec-text',
      'word2vec-binary',
      'safetensors',
      'fvecs',
      'csv',
      'tsv',
      'jsonl',
      'parquet',
      'arrow',
    ] as const) {
      const back = await read(await encode({ points, labels }, { format }), { format });
      expect(back.points).toEqual(points);
    }
  });
});
