import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  convert,
  encode,
  info,
  read,
  readBlocks,
  readSample,
  type VectorTable,
  write,
} from './index.ts';
import { naturalOrder } from './natural-order.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-shards-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

/** n rows of `cols` numbers that count on from `first`, labelled by their number. */
function table(n: number, first = 0, cols = 2): VectorTable {
  const data = Float32Array.from({ length: n * cols }, (_, i) => first * cols + i);
  return {
    points: { data, rows: n, cols },
    labels: Array.from({ length: n }, (_, i) => `r${first + i}`),
  };
}

/** Eleven files of three rows each. */
async function parts(extension = 'parquet', name = (i: number) => `part-${i}`): Promise<void> {
  for (let i = 0; i < 11; i++) await write(at(`${name(i)}.${extension}`), table(3, 3 * i));
}

const plain = ({ points, labels }: VectorTable) => ({ points, labels });

test('natural order counts digits as numbers, and is an order', () => {
  const names = ['a', 'a1', 'a01', 'a2', 'a10', 'a10b2', 'a10b10', 'b1', 'b00002', 'b3'];
  expect([...names].reverse().sort(naturalOrder)).toEqual(names.toSorted(naturalOrder));
  expect(['part-10', 'part-9', 'part-1'].sort(naturalOrder)).toEqual([
    'part-1',
    'part-9',
    'part-10',
  ]);
  expect(naturalOrder('a01', 'a1')).not.toBe(0);
  expect(naturalOrder('9'.repeat(30), `1${'0'.repeat(30)}`)).toBeLessThan(0);
});

describe('a pattern, a folder and a list are one table', () => {
  test('in natural order, whole and in blocks', async () => {
    await parts();
    const whole = table(33);
    for (const source of [
      at('part-*.parquet'),
      folder,
      at('{part,none}-*.parquet'),
      at('**/*-?*.parquet'),
    ]) {
      expect(plain(await read(source)), String(source)).toEqual(plain(whole));
    }
    expect((await read(at('part-[2-3].parquet'))).labels).toEqual(table(6, 6).labels);
    expect((await read(at('part-[!1-9].parquet'))).labels).toEqual(table(3).labels);
    const sizes: number[] = [];
    const labels: string[] = [];
    for await (const block of readBlocks(at('part-*.parquet'), 7)) {
      sizes.push(block.points.rows);
      labels.push(...(block.labels ?? []));
    }
    expect(sizes).toEqual([7, 7, 7, 7, 5]);
    expect(labels).toEqual(whole.labels);
  });

  test('whose points lie in memory that threads can share', async () => {
    await parts('npy');
    expect((await read(at('*.npy'))).points.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('a list keeps its own order, and takes bytes', async () => {
    const bytes = await encode(table(2, 1), { format: 'npz' });
    await write(at('first.npz'), table(1));
    expect(plain(await read([at('first.npz'), bytes]))).toEqual(plain(table(3)));
    expect((await read([bytes, at('first.npz')])).labels).toEqual(['r1', 'r2', 'r0']);
  });

  test('info names the files, and counts rows and bytes', async () => {
    await parts('npy');
    const found = await info(folder);
    expect(found).toMatchObject({ format: 'npy', rows: 33, cols: 2, bytes: 11 * (128 + 24) });
    expect(found.files?.slice(0, 3)).toEqual([0, 1, 2].map((i) => at(`part-${i}.npy`)));
  });

  test('converts and draws the same as the joined file', async () => {
    await parts('csv');
    await convert(folder, at('all.npz'));
    expect(plain(await read(at('all.npz')))).toEqual(plain(table(33)));
    const [some, same] = [await readSample(at('*.csv'), 9), await readSample(at('all.npz'), 9)];
    expect(some.survey.of).toBe(33);
    expect([some.points, some.labels, some.survey]).toEqual([
      same.points,
      same.labels,
      same.survey,
    ]);
  });

  test('a name with brackets that is there is that file', async () => {
    await write(at('a[1].npy'), table(1));
    await write(at('a1.npy'), table(2));
    expect((await read(at('a[1].npy'))).points.rows).toBe(1);
  });

  test('hidden files and files of other kinds are left out, and said', async () => {
    await parts('npy', (i) => `v${i}`);
    for (const name of ['.hidden.npy', '_SUCCESS', 'README.md', 'config.json', 'vocab.txt']) {
      writeFileSync(at(name), 'nothing');
    }
    const remarks: string[] = [];
    const { points } = await read(folder, { onRemark: (sentence) => remarks.push(sentence) });
    expect(points.rows).toBe(33);
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(/4 other files left out \(.*config\.json.*\)\.$/);
  });
});

describe('files that do not fit together are refused by name', () => {
  const refused = (sentence: RegExp, source: string | string[] = folder, options = {}) =>
    expect(read(source, options)).rejects.toThrow(sentence);

  test('another width', async () => {
    await parts('npy');
    await write(at('part-4.npy'), table(3, 0, 5));
    await refused(
      /part-4\.npy: the vectors have 5 columns, those of .*part-0\.npy 2; files of one/,
    );
  });

  test('no labels where others have some, unless none are asked for', async () => {
    await write(at('a.csv'), table(2));
    await write(at('b.csv'), { points: table(2).points });
    await refused(/b\.csv: the file has no labels, but .*a\.csv has; --no-label/);
    writeFileSync(at('b.csv'), 'word,x0,x1\none,1,2\n');
    await refused(/b\.csv: the labels are "word", those of .*a\.csv "label"; --label says which/);
    await write(at('a.npz'), table(2));
    await write(at('b.npz'), { points: table(2).points });
    await refused(/b\.npz: the file has no labels, but .*a\.npz has/, at('*.npz'));
    expect((await read(at('*.npz'), { label: false })).labels).toBeUndefined();
  });

  test('formats that differ, parts of several tables, and a folder without vectors', async () => {
    await write(at('a.npy'), table(1));
    await write(at('b.csv'), table(1));
    await refused(/several formats \(1 npy, 1 csv\); a pattern says which: '.*\/\*\.npy'/);
    mkdirSync(at('sub'));
    writeFileSync(at('sub/notes.md'), '');
    mkdirSync(at('sub/deep'));
    await refused(/the folder has no file of vectors; name one of its folders \(deep\)/, at('sub'));
    for (const name of ['train-0-of-1', 'test-0-of-1'])
      await write(at(`sub/deep/${name}.npy`), table(1));
    await refused(
      /parts of several tables; name one: '.*test-\*-of-1\.npy', '.*train-\*-of-1/,
      at('sub/deep'),
    );
    expect((await read(at('sub/deep/test-*'))).points.rows).toBe(1);
  });

  test('a folder of saved splits says which there are', async () => {
    writeFileSync(at('dataset_dict.json'), '{"splits": ["train", "test"]}');
    mkdirSync(at('train'));
    mkdirSync(at('test'));
    await refused(/no file of vectors; name one of its folders \(test, train\)/);
  });

  test('a pattern that nothing fits, and a list of nothing', async () => {
    await refused(/none-\*\.npy: no file fits this pattern\.$/, at('none-*.npy'));
    await refused(/the list of files is empty/, []);
  });

  test('a gap in a family, whether it counts from 0 or from 1', async () => {
    const name = (i: number) => at(`model-${String(i).padStart(5, '0')}-of-00003.npy`);
    await write(name(1), table(1));
    await write(name(3), table(1));
    await refused(/model-00002-of-00003\.npy: this file is missing; .* there are 3\.$/);
    await refused(/model-00002-of-00003\.npy: this file is missing/, [name(1), name(3)]);
    await write(name(2), table(1));
    expect((await read(folder)).points.rows).toBe(3);
    rmSync(name(3));
    await write(name(0), table(1));
    expect((await read(at('model-*'))).points.rows).toBe(3);
    expect((await read(name(0))).points.rows).toBe(1);
    rmSync(name(2));
    await refused(/model-00002-of-00003\.npy: this file is missing/);
  });
});

test('columns that a file lacks are NaN or empty, and named', async () => {
  const { points } = table(2);
  await write(at('a.jsonl'), {
    points,
    columns: { year: Float64Array.of(1, 2), kind: ['x', 'y'] },
  });
  await write(at('b.jsonl'), { points });
  await write(at('c.jsonl'), { points, columns: { kind: ['z', 'z'] } });
  const remarks: string[] = [];
  const options = { label: false, onRemark: (sentence: string) => remarks.push(sentence) } as const;
  const { columns } = await read(folder, options);
  expect(columns).toEqual({
    year: Float64Array.of(1, 2, NaN, NaN, NaN, NaN),
    kind: ['x', 'y', '', '', 'z', 'z'],
  });
  expect(remarks).toHaveLength(2);
  expect(remarks[0]).toMatch(/b\.jsonl and 1 more: no column "year"/);
  await convert(folder, at('all.parquet'), { read: { label: false } });
  expect((await read(at('all.parquet'), { label: false })).columns).toEqual(columns);
});

describe('a data set as Hugging Face saves it', () => {
  const state = (names: readonly string[], more = {}) =>
    writeFileSync(
      at('state.json'),
      JSON.stringify({ _data_files: names.map((filename) => ({ filename })), ...more }),
    );

  test('is read in the order of its state, and must be whole', async () => {
    const names = ['data-00001-of-00002.arrow', 'data-00000-of-00002.arrow'];
    for (const [i, name] of names.entries()) await write(at(name), table(2, 2 * i));
    writeFileSync(at('dataset_info.json'), '{}');
    state(names);
    expect(plain(await read(folder))).toEqual(plain(table(4)));
    state([...names, 'data-00002-of-00003.arrow']);
    await expect(read(folder)).rejects.toThrow(
      /data-00002-of-00003\.arrow: this file of the data set/,
    );
    state(names, { _indices_data_files: [{ filename: 'indices.arrow' }] });
    await expect(read(folder)).rejects.toThrow(/flatten_indices\(\) before save_to_disk/);
  });
});

test('of the shards of a model the one with the token table is read', async () => {
  const shard = (name: string, tensor: string, first: number) => {
    const { data, rows, cols } = table(3, first).points;
    const header = JSON.stringify({
      [tensor]: { dtype: 'F32', shape: [rows, cols], data_offsets: [0, data.byteLength] },
    });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(at(name), Buffer.concat([length, Buffer.from(header), Buffer.from(data.buffer)]));
  };
  shard('model-00001-of-00002.safetensors', 'layers.0.weight', 0);
  shard('model-00002-of-00002.safetensors', 'model.embed_tokens.weight', 3);
  writeFileSync(at('model.safetensors.index.json'), '{}');
  const remarks: string[] = [];
  const options = { onRemark: (sentence: string) => remarks.push(sentence) };
  expect((await read(folder, options)).points).toEqual(table(3, 3).points);
  expect(remarks.join()).toContain('the tensor model.embed_tokens.weight is here');
  expect((await read(folder, { vector: 'layers.0.weight' })).points).toEqual(table(3).points);
});

test('the pair of TensorBoard’s projector in a folder is joined', async () => {
  writeFileSync(at('tensors.tsv'), '1\t2\n3\t4\n');
  writeFileSync(at('metadata.tsv'), 'word\tcount\n"\t5\nof\t7\n');
  const { labels, columns, points } = await read(folder);
  expect([...points.data]).toEqual([1, 2, 3, 4]);
  expect(labels).toEqual(['"', 'of']);
  expect(columns).toEqual({ count: ['5', '7'] });
});
