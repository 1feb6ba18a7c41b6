import { describe, expect, it } from 'vitest';
import faiss from './fixtures/faiss.fixture.json' with { type: 'json' };
import { encode, info, read, readBlocks } from './index.ts';

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const { cases, identified, refused } = faiss;

const file = (name: string): Uint8Array => {
  const found = [...cases, ...identified, ...refused].find((entry) => entry.name === name);
  return bytesOfBase64(found?.base64 ?? '');
};

async function rowsOf(name: string, rowsPerBlock: number): Promise<number[]> {
  const rows: number[] = [];
  for await (const block of readBlocks(file(name), rowsPerBlock)) rows.push(...block.points.data);
  return rows;
}

describe(`faiss ${faiss.version}`, () => {
  it.each(cases.map(({ name, points }) => [name, points] as const))(
    '%s: the vectors that it reconstructs, in the order of their numbers',
    async (name, points) => {
      const table = await read(file(name));
      expect(table.source?.format).toBe('faiss');
      expect([table.points.rows, table.points.cols, table.labels]).toEqual([6, 3, undefined]);
      expect([...table.points.data]).toEqual(points.flat());
      for (const size of [1, 4]) expect(await rowsOf(name, size)).toEqual(points.flat());
    },
  );

  it.each(identified.map(({ name, points, labels }) => [name, points, labels] as const))(
    '%s: ids are the labels, to the last digit',
    async (name, points, labels) => {
      const table = await read(file(name));
      expect([...table.points.data]).toEqual(points.flat());
      expect(table.labels).toEqual(labels);
      expect((await read(file(name), { label: false })).labels).toBeUndefined();
    },
  );

  it('info says how the numbers are packed', async () => {
    expect(await info(file('SQ8'))).toMatchObject({ encoding: 'SQ8', dtype: 'f4', labels: false });
    expect(await info(file('SQfp16'))).toMatchObject({ dtype: 'f2' });
    expect((await info(file('FlatL2'))).encoding).toBeUndefined();
  });

  it.each([
    ['PreTransform', /an IndexPreTransform, which keeps its vectors transformed/],
    ['PQ', /an IndexPQ, which keeps codes in place of its vectors/],
    ['IVFPQ', /an IndexIVFPQ, which keeps codes/],
    ['IVF of SQ8', /an IndexIVFScalarQuantizer, which keeps codes/],
    ['SQ4', /an IndexScalarQuantizer of fewer than 8 bits a value/],
    ['LSH', /an IndexLSH, which keeps codes/],
    ['refined', /an IndexRefine, two indexes in one; write its refine_index alone/],
    ['binary', /an IndexBinaryFlat, whose vectors are bits/],
    ['empty', /the file has no rows/],
  ])('%s is refused by name', async (name, expected) => {
    await expect(read(file(name))).rejects.toThrow(expected);
  });

  it('counts that the file cannot hold are refused, and another kind by its letters', async () => {
    const claims = file('FlatL2');
    claims[13] = 0x7f;
    await expect(read(claims)).rejects.toThrow(/the index says that it has \d+ vectors of 3/);
    const other = file('FlatL2');
    other[3] = 0x39;
    await expect(read(other)).rejects.toThrow(/of the kind "IxF9", which is not read/);
    await expect(read(file('FlatL2').slice(0, -1))).rejects.toThrow(/claims 72 bytes from byte/);
  });

  it('is not written', async () => {
    const points = { data: Float32Array.of(1, 2), rows: 1, cols: 2 };
    await expect(encode({ points }, { format: 'faiss' })).rejects.toThrow(
      /FAISS is read, not written/,
    );
  });
});
