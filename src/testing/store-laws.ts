import { expect, test } from 'vitest';
import { type ObjectStore, readObject } from '../io/sharded/object-store.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** What a store of objects must keep. `open`: a new, empty one. */
export function storeLaws(open: () => Promise<ObjectStore> | ObjectStore): void {
  test('an object is read back whole, in parts, and by its size', async () => {
    const store = await open();
    expect(await store.create('shards/a.f4', [bytes(1, 2, 3), bytes(), bytes(4, 5)])).toBe(true);
    expect(await store.size('shards/a.f4')).toBe(5);
    expect(await readObject(store, 'shards/a.f4')).toEqual(bytes(1, 2, 3, 4, 5));
    const into = bytes(9, 9, 9, 9);
    await store.readInto('shards/a.f4', 2, into.subarray(1, 3));
    expect(into).toEqual(bytes(9, 3, 4, 9));
  });

  test('an object that is there stays as it is', async () => {
    const store = await open();
    expect(await store.create('a/b', [bytes(1)])).toBe(true);
    expect(await store.create('a/b', [bytes(2, 2)])).toBe(false);
    expect(await readObject(store, 'a/b')).toEqual(bytes(1));
  });

  test('what is not there has no size, and what is not all there is refused', async () => {
    const store = await open();
    await store.create('a', [bytes(1, 2)]);
    expect(await store.size('b')).toBeUndefined();
    expect(await readObject(store, 'b')).toBeUndefined();
    await expect(store.readInto('b', 0, bytes(0))).rejects.toThrow(/there is no such/);
    await expect(store.readInto('a', 1, bytes(0, 0))).rejects.toThrow(/truncated/);
    await expect(store.readInto('a', 5, bytes(0))).rejects.toThrow(/truncated/);
  });

  test('lists are in order, by the beginning of the key, also by when they were written', async () => {
    const store = await open();
    for (const key of ['b/2', 'a', 'b/10', 'b/1', 'ba', 'c/d/e f']) {
      await store.create(key, [bytes(1)]);
    }
    expect(await store.list('b/')).toEqual(['b/1', 'b/10', 'b/2']);
    expect(await store.list('b')).toEqual(['b/1', 'b/10', 'b/2', 'ba']);
    expect(await store.list('')).toEqual(['a', 'b/1', 'b/10', 'b/2', 'ba', 'c/d/e f']);
    expect(await store.list('nothing/')).toEqual([]);
    const hour = 3_600_000;
    expect(await store.list('b/', new Date(Date.now() - hour))).toEqual([]);
    expect(await store.list('b/', new Date(Date.now() + hour))).toEqual(['b/1', 'b/10', 'b/2']);
  });

  test('what is removed is gone, and may be removed again', async () => {
    const store = await open();
    await store.create('x/y', [bytes(1)]);
    await store.create('x/z', [bytes(1)]);
    await store.remove('x/y');
    await store.remove('x/y');
    expect(await store.list('')).toEqual(['x/z']);
    expect(await store.create('x/y', [bytes(2)])).toBe(true);
  });

  test('of many that create one key at once, one does', async () => {
    const store = await open();
    const created = await Promise.all(
      Array.from({ length: 8 }, (_, i) => store.create('one', [bytes(i)])),
    );
    const isExclusive = (await store.exclusive?.()) ?? true;
    const winners = created.filter(Boolean).length;
    if (isExclusive) expect(winners).toBe(1);
    else expect(winners).toBeGreaterThanOrEqual(1);
    expect(await store.size('one')).toBe(1);
  });
}
