import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileStore, memoryStore } from './byte-store.ts';
import { decodeTensors, encodeTensors, read } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-tensors-'));
const one = { name: 'b.weight', shape: [1, 3], data: Float32Array.of(0.1, -0, Number.NaN) };
const two = { name: 'a', shape: [], data: Float64Array.of(Math.PI) };

test('arrays and words come back to the bit, whatever their element type', async () => {
  const { tensors, metadata } = await decodeTensors(encodeTensors([one, two], { kind: 'koala' }));
  expect(metadata).toEqual({ kind: 'koala' });
  expect([...tensors.keys()].toSorted()).toEqual(['a', 'b.weight']);
  expect(tensors.get('a')).toEqual(two);
  const back = tensors.get('b.weight');
  expect(back?.shape).toEqual([1, 3]);
  expect(Object.is(back?.data[1], -0)).toBe(true);
  expect(new Uint8Array(back?.data.buffer ?? new ArrayBuffer(0))).toEqual(
    new Uint8Array(one.data.buffer),
  );
});

test('every array starts at a multiple of its element size, as readers that map files want', () => {
  const bytes = encodeTensors([one, two]);
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(start % 8).toBe(0);
  expect(new DataView(bytes.buffer).getFloat64(start, true)).toBe(Math.PI);
});

test('the vector reader finds a matrix in such a file', async () => {
  const { points } = await read(encodeTensors([{ ...one, data: Float32Array.of(1, 2, 3) }]));
  expect([...points.data]).toEqual([1, 2, 3]);
});

test('an element type that is not read is refused, not rounded', async () => {
  const bytes = encodeTensors([one]);
  const text = new TextDecoder('latin1').decode(bytes).replace('"F32"', '"I32"');
  await expect(decodeTensors(Uint8Array.from(text, (c) => c.charCodeAt(0)))).rejects.toThrow(
    'bytes: the tensor b.weight is I32; F32 and F64 are expected.',
  );
});

test('a file store holds nothing, then the last bytes, and leaves no other file', async () => {
  const store = fileStore(join(folder, 'state'));
  expect(await store.load()).toBeUndefined();
  await store.save(Uint8Array.of(1, 2));
  await store.save(Uint8Array.of(3));
  expect(await store.load()).toEqual(Uint8Array.of(3));
  expect(readdirSync(folder)).toEqual(['state']);
});

test('a file store in a folder that is not there says so when it saves', async () => {
  const store = fileStore(join(folder, 'nowhere', 'state'));
  expect(await store.load()).toBeUndefined();
  await expect(store.save(Uint8Array.of(1))).rejects.toThrow('there is no folder');
});

test('a file that is a part of a path is not taken for nothing saved', async () => {
  writeFileSync(join(folder, 'plain'), '');
  await expect(fileStore(join(folder, 'plain', 'state')).load()).rejects.toThrow(
    'a part of the path is a file',
  );
});

test('what a memory store keeps does not follow its caller’s array', async () => {
  const store = memoryStore();
  expect(await store.load()).toBeUndefined();
  const bytes = Uint8Array.of(1);
  await store.save(bytes);
  bytes[0] = 2;
  expect(await store.load()).toEqual(Uint8Array.of(1));
});
