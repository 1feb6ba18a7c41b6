import { AbortedError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import { besideKey, type Manifest, shardKey } from './manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { DamagedError, readBeside, readShard } from './sharded-table.ts';

/** What a look at every object of a table found. */
export interface Verified {
  /** Shards and what lies beside them. */
  readonly objects: number;
  readonly bytes: number;
  /** Those that are not what the manifest names, and why. */
  readonly damaged: readonly { readonly key: string; readonly reason: string }[];
}

/** Reads all that a manifest names and holds it to its SHA-256. */
export async function verifyTable(
  store: ObjectStore,
  { shards, cols, dtype }: Manifest,
  { signal, onProgress }: RunControls = {},
): Promise<Verified> {
  const damaged: { key: string; reason: string }[] = [];
  let [objects, bytes] = [0, 0];
  const looked = async (key: string, size: number, read: () => Promise<unknown>): Promise<void> => {
    if (signal?.aborted) throw new AbortedError('info');
    objects++;
    bytes += size;
    try {
      await read();
    } catch (cause) {
      if (!(cause instanceof DamagedError)) throw cause;
      damaged.push({
        key,
        reason: cause.message.slice(cause.message.indexOf(key) + key.length + 2),
      });
    }
  };
  for (const [i, shard] of shards.entries()) {
    const { beside } = shard;
    await looked(shardKey(shard, dtype), shard.bytes, () => readShard(store, shard, cols, dtype));
    if (beside) await looked(besideKey(beside), beside.bytes, () => readBeside(store, shard));
    onProgress?.({ stage: 'verify', done: (i + 1) / shards.length });
  }
  return { objects, bytes, damaged };
}
