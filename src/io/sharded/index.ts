export { type Cleaned, cleanStore } from './clean.ts';
export {
  besideKey,
  decodeManifest,
  encodeManifest,
  type Manifest,
  type NamedObject,
  SHARD_DTYPES,
  type Shard,
  type ShardDType,
  shardKey,
} from './manifest.ts';
export { memoryObjects } from './memory-store.ts';
export { objectSource } from './object-source.ts';
export { type ObjectStore, readObject } from './object-store.ts';
export { isStoreAddress, openStore, type StoreOptions } from './open-store.ts';
export {
  type FoundManifest,
  manifestOf,
  newestManifest,
  openSharded,
  readBeside,
  readShard,
  readShardRows,
} from './sharded-table.ts';
export { type Verified, verifyTable } from './verify.ts';
export { addManifest, type ShardOptions, writeShard, writeShards } from './write-shards.ts';
