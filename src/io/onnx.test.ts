import { describe, expect, it } from 'vitest';
import onnx from './fixtures/onnx.fixture.json' with { type: 'json' };
import { encode, info, read } from './index.ts';

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const { points, whole, cases, refused } = onnx;

const file = (name: string): Uint8Array => {
  const { base64 } = [...cases, ...refused].find((entry) => entry.name === name) ?? {};
  return bytesOfBase64(base64 ?? '');
};

describe(`onnx ${onnx.version}`, () => {
  it.each(cases.map(({ name }) => name))('%s', async (name) => {
    const table = await read(file(name));
    expect(table.source?.format).toBe('onnx');
    expect([table.points.rows, table.points.cols]).toEqual([4, 3]);
    const expected = name.startsWith('INT')
      ? whole
      : name === 'quantized'
        ? whole.map((row) => row.map((x) => x / 2))
        : points;
    expect([...table.points.data]).toEqual(expected.flat());
  });

  it('the table of words goes before those of positions; info names them', async () => {
    expect(await info(file('a model with other tables'))).toMatchObject({
      vector: 'embeddings.word_embeddings.weight',
      others: ['embeddings.position_embeddings.weight (2 × 3 FLOAT)'],
    });
    const vector = 'embeddings.position_embeddings.weight';
    expect((await read(file('a model with other tables'), { vector })).points.rows).toBe(2);
  });

  it('info says where a table is quantized', async () => {
    expect(await info(file('quantized'))).toMatchObject({
      encoding: 'UINT8, quantized',
      dtype: 'f4',
    });
    expect(await info(file('INT8'))).toMatchObject({ dtype: 'i1' });
  });

  it.each([
    ['external', /\(4 × 3 FLOAT\) lies in another file; onnx\.save/],
    ['a scale a row', /weight_scale \(4 FLOAT\) has 4 values; one for the whole table is read/],
    ['FLOAT16 as int32_data', /\(4 × 3 FLOAT16\) are not kept as raw data/],
    ['FLOAT8', /\(4 × 3 type 17\) is of a type that is not read/],
    ['two tables', /any of the arrays a \(4 × 3 FLOAT\), b \(4 × 3 FLOAT\); name one/],
    ['no table', /no two-dimensional array of numbers/],
  ])('%s is refused by name', async (name, expected) => {
    await expect(read(file(name))).rejects.toThrow(expected);
  });

  it('a message that is cut off is refused', async () => {
    const cut = file('FLOAT').slice(0, -30);
    await expect(read(cut, { format: 'onnx' })).rejects.toThrow(/message is damaged at byte \d+/);
  });

  it('is not written', async () => {
    const table = { points: { data: Float32Array.of(1, 2), rows: 1, cols: 2 } };
    await expect(encode(table, { format: 'onnx' })).rejects.toThrow(/ONNX is read, not written/);
  });
});
