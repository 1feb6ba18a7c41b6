import { besideKey, manifestNumber, shardKey } from './manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { manifestOf } from './sharded-table.ts';

/** What was removed. */
export interface Cleaned {
  /** Shards, and what lay beside them, that no manifest names. */
  readonly objects: number;
  /** Files that interrupted writers left unfinished. */
  readonly unfinished: number;
}

/**
 * Removes what stopped runs left and no manifest names, if it was last written before that time. A run that is under way
 * counts on what it found there, so none should be.
 */
export async function cleanStore(store: ObjectStore, before: Date): Promise<Cleaned> {
  const old = await store.list('shards/', before);
  const named = new Set<string>();
  for (const key of await store.list('manifests/')) {
    const number = manifestNumber(key);
    if (number === undefined) continue;
    const { dtype, shards } = (await manifestOf(store, number)).manifest;
    for (const shard of shards) {
      named.add(shardKey(shard, dtype));
      if (shard.beside) named.add(besideKey(shard.beside));
    }
  }
  const left = old.filter((key) => !named.has(key));
  for (const key of left) await store.remove(key);
  return { objects: left.length, unfinished: (await store.sweep?.(before)) ?? 0 };
}
