import { describe, expect, test } from 'vitest';
import { encode } from './index.ts';
import { readLayers } from './layers.ts';
import { npyHeaderBytes } from './npy.ts';
import { memoryOutput } from './support/memory.ts';
import { zipWriter } from './support/zip.ts';

/** An npy file of 0, 1, 2, … of that shape. */
function array(shape: readonly number[], values = shape.reduce((a, b) => a * b, 1)): Uint8Array {
  const header = npyHeaderBytes('<f4', shape);
  const data = Float32Array.from({ length: values }, (_, i) => i);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer), header.length);
  return bytes;
}

async function archive(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const output = memoryOutput();
  const zip = zipWriter(output, 'bytes');
  for (const [name, bytes] of Object.entries(files)) {
    await zip.entry(`${name}.npy`, true);
    await zip.write(bytes);
  }
  await zip.finish();
  return output.bytes();
}

describe('readLayers', () => {
  test('a 3-dimensional array is a stack', async () => {
    const layers = await readLayers(array([3, 2, 4]));
    expect(layers.map(({ name }) => name)).toEqual(['bytes[0]', 'bytes[1]', 'bytes[2]']);
    expect(layers.map(({ points }) => [points.rows, points.cols])).toEqual(Array(3).fill([2, 4]));
    expect([...layers[2].points.data]).toEqual([16, 17, 18, 19, 20, 21, 22, 23]);
  });

  test('so are the matrices of an archive, in its order, or the one stack that it has', async () => {
    const many = await archive({ second: array([2, 3]), first: array([2, 3]) });
    expect((await readLayers(many)).map(({ name }) => name)).toEqual([
      'bytes:second',
      'bytes:first',
    ]);
    const one = await archive({ ids: array([2]), states: array([2, 2, 3]), other: array([2, 3]) });
    expect((await readLayers(one)).map(({ name }) => name)).toEqual([
      'bytes:states[0]',
      'bytes:states[1]',
    ]);
    const named = await readLayers(one, { vector: 'other' });
    expect(named.map(({ name }) => name)).toEqual(['bytes:other']);
  });

  test('any other file is one layer', async () => {
    const points = { data: Float32Array.of(1, 2, 3, 4), rows: 2, cols: 2 };
    const [layer, ...more] = await readLayers(await encode({ points }, { format: 'csv' }));
    expect([...layer.points.data]).toEqual([1, 2, 3, 4]);
    expect(more).toEqual([]);
    expect(await readLayers(array([2, 4]))).toHaveLength(1);
  });

  test.each([
    [array([2, 2, 2], 7), 'the header says 2 × 2 × 2 f4, which is 32 bytes, but 28 follow it.'],
    [array([0, 2, 2]), 'the array has the shape 0 × 2 × 2; it has no layer.'],
    [array([2, 2, 2, 2]), 'the array has 4 dimensions (2 × 2 × 2 × 2); 3 are expected'],
    [array([2, 0, 3]), 'the file has no rows.'],
  ])('refuses what is no stack', async (bytes, sentence) => {
    await expect(readLayers(bytes)).rejects.toThrow(sentence);
  });

  test('refuses archives without layers or with several stacks', async () => {
    const stacks = await archive({ a: array([1, 2, 3]), b: array([1, 2, 3]) });
    await expect(readLayers(stacks)).rejects.toThrow('several stacks of layers (a, b)');
    expect(await readLayers(stacks, { vector: 'b' })).toHaveLength(1);
    const flat = await archive({ ids: array([4]) });
    await expect(readLayers(flat)).rejects.toThrow('no array of numbers with rows and columns');
    await expect(readLayers(stacks, { vector: 'c' })).rejects.toThrow('called c; it has a, b.');
  });
});
