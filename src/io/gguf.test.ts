import { describe, expect, it } from 'vitest';
import gguf from './fixtures/gguf.fixture.json' with { type: 'json' };
import { encode, info, read, readBlocks } from './index.ts';

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const file = (name: string): Uint8Array => {
  const { base64 } = [...gguf.cases, ...gguf.refused].find((entry) => entry.name === name) ?? {};
  return bytesOfBase64(base64 ?? '');
};

describe(`gguf ${gguf.version}`, () => {
  it.each(gguf.cases.map(({ name, float32 }) => [name, float32] as const))(
    '%s: the token table as the library unpacks it, to the bit',
    async (name, float32) => {
      const expected = new Float32Array(bytesOfBase64(float32).buffer);
      const table = await read(file(name));
      expect(table.source?.format).toBe('gguf');
      expect(table.labels).toEqual(gguf.labels);
      expect([table.points.rows, table.points.cols]).toEqual([3, expected.length / 3]);
      expect(table.points.data).toEqual(expected);
      const blocks: number[] = [];
      for await (const block of readBlocks(file(name), 2)) blocks.push(...block.points.data);
      expect(blocks).toEqual([...expected]);
    },
  );

  it('info says how the numbers are packed, and what else there is', async () => {
    expect(await info(file('Q4_K'))).toMatchObject({
      encoding: 'Q4_K',
      dtype: 'f4',
      vector: 'token_embd.weight',
      labels: true,
    });
    const plain = await info(file('F16'));
    expect(plain).toMatchObject({ dtype: 'f2', others: ['output_norm.weight (3 F32)'] });
    expect(plain.encoding).toBeUndefined();
  });

  it('another matrix can be named', async () => {
    const { points, labels } = await read(file('two tensors'), { vector: 'b.weight' });
    expect([points.rows, labels]).toEqual([2, undefined]);
  });

  it('tokens that are fewer than the rows are no labels, and info says so', async () => {
    expect((await read(file('fewer tokens'))).labels).toBeUndefined();
    expect(await info(file('fewer tokens'))).toMatchObject({ labels: false, others: ['2 tokens'] });
  });

  it.each([
    ['IQ4_NL', /token_embd\.weight \(3 × 32 IQ4_NL\) is of a type that is not read; read are F32,/],
    ['big-endian', /big-endian GGUF; convert it/],
    ['a part', /part 1 of 3 of a model; join them/],
    ['two tensors', /any of the arrays a\.weight \(3 × 3 F32\), b\.weight \(2 × 3 F32\); name one/],
  ])('%s is refused by name', async (name, expected) => {
    await expect(read(file(name))).rejects.toThrow(expected);
  });

  it('counts that the file cannot hold are refused', async () => {
    const bytes = file('F32');
    for (const at of [8, 16]) {
      const claims = bytes.slice();
      claims.fill(0xff, at, at + 7);
      await expect(read(claims)).rejects.toThrow(/the GGUF header/);
    }
  });

  it('version 1 is refused, and a file cut in its numbers', async () => {
    const bytes = file('F32');
    const old = bytes.slice();
    old[4] = 1;
    await expect(read(old)).rejects.toThrow(/GGUF version 1 is not read/);
    const cut = bytes.slice(0, -29);
    await expect(read(cut)).rejects.toThrow(/takes 36 bytes from byte \d+ on; the file has \d+/);
  });

  it('is not written', async () => {
    const points = { data: Float32Array.of(1, 2), rows: 1, cols: 2 };
    await expect(encode({ points }, { format: 'gguf' })).rejects.toThrow(
      /GGUF is read, not written/,
    );
  });
});
