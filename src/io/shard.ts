import type { ReadOptions, Sources } from './contract.ts';
import { openVectors } from './open.ts';
import {
  type FoundManifest,
  openStore,
  type ShardOptions,
  type StoreOptions,
  writeShards,
} from './sharded/index.ts';

/** How a table is cut, where it goes, and in `read` how it is read. */
export interface ShardingOptions extends ShardOptions, StoreOptions {
  readonly read?: ReadOptions | undefined;
}

/**
 * Writes the vectors of a file, or of several, as a table of shards into a folder or a bucket; nobody sees it before all
 * of it is there.
 *
 * @example
 * await shard('part-*.parquet', 'wiki');
 * await shard('more.npy', 's3://vectors/wiki', { append: true });
 */
export async function shard(
  from: Sources,
  address: string,
  options: ShardingOptions = {},
): Promise<FoundManifest> {
  const store = openStore(address, options);
  const file = await openVectors(from, options.read);
  try {
    return await writeShards(file, store, options);
  } finally {
    await file.close();
  }
}
