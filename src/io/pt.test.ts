import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import torch from './fixtures/torch.fixture.json' with { type: 'json' };
import { encode, info, read, readBlocks, readLayers, write } from './index.ts';

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const file = (name: string): Uint8Array => {
  const { base64 } = [...torch.cases, ...torch.refused].find((entry) => entry.name === name) ?? {};
  return bytesOfBase64(base64 ?? '');
};

const { points, whole, labels } = torch;

describe(`PyTorch ${torch.version}`, () => {
  const integers: Record<string, number[][]> = {
    int8: whole,
    int16: whole,
    int32: whole,
    int64: whole,
    uint8: whole.map((row) => row.map(Math.abs)),
    bool: whole.map((row) => row.map((x) => Number(x > 0))),
  };
  it.each(torch.cases.map(({ name }) => name))('%s', async (name) => {
    const bytes = file(name);
    const table = await read(bytes);
    expect(table.source?.format).toBe('pt');
    expect([table.points.rows, table.points.cols]).toEqual([4, 3]);
    expect([...table.points.data]).toEqual((integers[name] ?? points).flat());
    const holdsLabels = /dictionary|labels|protocol 5|^before 1\.6$/.test(name);
    expect(table.labels).toEqual(holdsLabels ? labels : undefined);
    const blocks: number[] = [];
    for await (const block of readBlocks(bytes, 3)) blocks.push(...block.points.data);
    expect(blocks).toEqual([...table.points.data]);
  });

  it('numbers beside the vectors travel along', async () => {
    const { columns } = await read(file('numbers beside it'));
    expect(columns).toEqual({ y: Float64Array.of(3, 1, 4, 1) });
    const named = await read(file('numbers beside it'), { label: 'y' });
    expect(named.labels).toEqual(['3', '1', '4', '1']);
  });

  it('info names the tensor by its path, and its type', async () => {
    expect(await info(file('nested'))).toMatchObject({ vector: 'model.emb', dtype: 'f4' });
    expect(await info(file('bfloat16'))).toMatchObject({ dtype: 'bf16' });
    expect(await info(file('a state_dict'))).toMatchObject({
      others: ['norm.weight (3 Float)', 'norm.bias (3 Float)'],
    });
    expect(await info(file('a NumPy array'))).toMatchObject({ others: ['scale (one value f8)'] });
  });

  it('the vector is named by its path, rows of a dictionary too', async () => {
    const two = await read(file('two tensors'), { vector: 'b' });
    expect([...two.points.data]).toEqual(points.flat());
    const norm = await read(file('a state_dict'), { vector: 'embed.weight' });
    expect(norm.points.rows).toBe(4);
  });

  it('a file of one tensor is one layer', async () => {
    const layers = await readLayers(file('a tensor'));
    expect(layers.map(({ points: { rows, cols } }) => [rows, cols])).toEqual([[4, 3]]);
  });

  it.each([
    ['code', /the pickle names posix\.system, which is not read; save tensors alone/],
    ['code, before 1.6', /the pickle names posix\.system/],
    ['a module', /names __main__\.Model.*model\.state_dict\(\)/],
    ['arguments', /names argparse\.Namespace/],
    ['sparse', /names torch\._utils\._rebuild_sparse_tensor/],
    ['quantized', /names torch\._utils\._rebuild_qtensor/],
    ['complex', /no two-dimensional tensor of numbers; it has vectors \(4 × 3 ComplexFloat\)/],
    ['repeated', /100000 × 100000 numbers in 4 bytes: it repeats its memory/],
    ['two tensors', /any of the arrays a \(4 × 3 Float\), b \(4 × 3 Float\); name one/],
    ['rows of different lengths', /different lengths: a has 3 numbers, b has 4/],
    ['pairs as keys', /the keys of vectors are neither texts nor numbers/],
    ['three dimensions', /it has vectors \(2 × 2 × 2 Float\)/],
    ['no columns', /vectors \(2 × 0 Float\) has no columns/],
  ])('%s is refused by name', async (name, expected) => {
    await expect(read(file(name))).rejects.toThrow(expected);
  });
});

/** An archive as PyTorch writes it, of this pickle and one storage. */
const archive = (
  pickle: Uint8Array,
  storage: Uint8Array,
  more: Record<string, Uint8Array> = {},
): Uint8Array =>
  zipSync(
    { 'a/data.pkl': pickle, 'a/data/0': storage, ...more, 'a/version': strToU8('3\n') },
    {
      level: 0,
    },
  );

const text = (value: string): number[] => [0x8c, value.length, ...strToU8(value)];
const global = (name: string): number[] => {
  const at = name.lastIndexOf('.');
  return [...text(name.slice(0, at)), ...text(name.slice(at + 1)), 0x93];
};
const MARK = 0x28;
const small = (value: number): number[] => [0x4b, value];
const tuple = (...items: number[][]): number[] => [MARK, ...items.flat(), 0x74];
const pickle = (...code: number[][]): Uint8Array =>
  Uint8Array.from([0x80, 4, ...code.flat(), 0x2e]);

/** A 1 × 2 tensor of the storage type `storage`; of `type`, for those without a storage type. */
const tensor = (storage: string, count: number, type?: string): number[] => {
  const id = tuple(text('storage'), global(storage), text('0'), text('cpu'), small(count));
  const hooks = [...global('collections.OrderedDict'), 0x29, 0x52];
  const parts = [[...id, 0x51], small(0), tuple(small(1), small(2)), tuple(small(2), small(1))];
  return [
    ...global(`torch._utils._rebuild_tensor_v${type ? 3 : 2}`),
    ...tuple(...parts, [0x89], hooks, ...(type ? [global(type)] : [])),
    0x52,
  ];
};

describe('by the description of the format, without PyTorch', () => {
  const big = Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);

  it('big-endian storages are named by the entry byteorder', async () => {
    const bytes = archive(pickle(tensor('torch.FloatStorage', 2)), big, {
      'a/byteorder': strToU8('big'),
    });
    expect([...(await read(bytes)).points.data]).toEqual([1, -2]);
    expect(await info(bytes)).toMatchObject({ bigEndian: true });
  });

  it('types without a storage type come with their own name', async () => {
    const bytes = archive(
      pickle(tensor('torch.storage.UntypedStorage', 4, 'torch.uint16')),
      Uint8Array.of(1, 0, 0xff, 0xff),
    );
    expect([...(await read(bytes)).points.data]).toEqual([1, 65535]);
    expect(await info(bytes)).toMatchObject({ dtype: 'u2' });
  });

  it('a type that is not read is named', async () => {
    const bytes = archive(
      pickle(tensor('torch.storage.UntypedStorage', 2, 'torch.float8_e4m3fn')),
      Uint8Array.of(1, 2),
    );
    await expect(read(bytes)).rejects.toThrow(/vectors \(1 × 2 float8_e4m3fn\)/);
  });

  it('a tensor that reaches beyond its storage is refused', async () => {
    const bytes = archive(pickle(tensor('torch.FloatStorage', 2)), big.subarray(0, 4));
    await expect(read(bytes)).rejects.toThrow(/reaches to number 2 of a storage of 4 bytes/);
  });

  it('a storage that is not there is named', async () => {
    const bytes = zipSync({ 'a/data.pkl': pickle(tensor('torch.FloatStorage', 2)) });
    await expect(read(bytes)).rejects.toThrow(/lacks a\/data\/0/);
  });

  it.each([
    ['a list in itself', [0x5d, 0x94, 0x68, 0, 0x61]],
    // 0: [], then fifty lists of the one before, twice each.
    [
      'lists that double fifty times',
      [
        0x5d,
        0x94,
        ...Array.from({ length: 50 }, (_, i) => [0x5d, 0x94, MARK, 0x68, i, 0x68, i, 0x65]).flat(),
      ],
    ],
  ])('%s does not hang', async (_, code) => {
    const last = pickle(code.slice(0, 2), code.slice(2));
    // Only the last value may stay: the others are popped into a tuple.
    const bytes = archive(
      Uint8Array.from([0x80, 4, MARK, ...last.subarray(2, -1), 0x74, 0x2e]),
      big,
    );
    await expect(read(bytes)).rejects.toThrow(/nested too deep, too long, or contain themselves/);
  });

  it.each([
    ['an unknown operation', [0x49], /has the operation 0x49, which is not read/],
    ['a name from the stack', global('os.system'), /names os\.system, which is not read/],
    ['a name with a line break', global('os.a\nb'), /names "os\.a\\nb", which is not read/],
    ['the prototype of an object', global('constructor.name'), /names constructor\.name/],
    ['a call of no function', [0x4e, 0x29, 0x52], /the pickle is damaged/],
    ['a value from an empty stack', [0x30], /the pickle is damaged/],
    ['a memo that was never filled', [0x68, 3], /the pickle is damaged/],
    ['a text beyond the end', [0x58, 255, 255, 255, 255], /cut off before its end/],
    ['an endless integer', [0x8b, 0, 1, 0, 0], /an integer of 256 bytes/],
  ])('%s is refused', async (_, code, expected) => {
    await expect(read(archive(pickle(code), big))).rejects.toThrow(expected);
  });

  it('another pickle, and gensim by its name, say how to save instead', async () => {
    await expect(read(pickle([0x95, 0, 0, 0, 0, 0, 0, 0, 0], [0x7d]))).rejects.toThrow(
      /a Python pickle, but not one of PyTorch; save the vectors by numpy\.save/,
    );
    const vectors = pickle(
      [0x95, 0, 0, 0, 0, 0, 0, 0, 0],
      global('gensim.models.keyedvectors.KeyedVectors'),
    );
    await expect(read(vectors)).rejects.toThrow(/save_word2vec_format/);
  });
});

describe('the extension .bin', () => {
  it('is that of PyTorch and of word2vec: the content decides', async () => {
    const named = (bytes: Uint8Array): File => new File([Uint8Array.from(bytes)], 'model.bin');
    for (const name of ['a tensor', 'before 1.6']) {
      expect((await read(named(file(name)))).source?.format).toBe('pt');
    }
    const table = {
      points: { data: Float32Array.of(1, 2, 3, 4), rows: 2, cols: 2 },
      labels: ['a', 'b'],
    };
    const bytes = await encode(table, { format: 'word2vec-binary' });
    expect((await read(named(bytes))).source?.format).toBe('word2vec-binary');
  });
});

describe('what else a ZIP archive is', () => {
  it('is named by its files', async () => {
    const bytes = zipSync({ 'word/document.xml': strToU8('<w/>'), 'b.txt': strToU8('b') });
    await expect(read(bytes)).rejects.toThrow(
      /neither arrays of NumPy \(\.npy\) nor a data\.pkl of PyTorch in it; it has "word\/document\.xml", "b\.txt": unpack it/,
    );
  });

  it('PyTorch read as npz is told apart', async () => {
    await expect(read(file('a tensor'), { format: 'npz' })).rejects.toThrow(/name the format pt/);
  });
});

it('is not written', async () => {
  const table = { points: { data: Float32Array.of(1, 2), rows: 1, cols: 2 } };
  const expected = /PyTorch is read, not written; use one of \.npy, \.npz/;
  await expect(encode(table, { format: 'pt' })).rejects.toThrow(expected);
  await expect(write('/nowhere/a.pt', table)).rejects.toThrow(expected);
});
