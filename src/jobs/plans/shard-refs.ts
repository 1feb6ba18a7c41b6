import type { Manifest } from '../../io/sharded/index.ts';
import type { ShardRef } from '../operation.ts';

/** The shards of a table as tasks name them. */
export function shardRefs({ shards, cols, dtype }: Manifest): ShardRef[] {
  return shards.map(({ sha256, bytes, rows }) => ({ sha256, bytes, rows, cols, dtype }));
}
