export type { Codec, Codes, Encoded, ReadyCodec } from '../../families/compression/types.ts';
export { compress } from '../verbs/compress.ts';
export { type Between, codeRecall } from './code-recall.ts';
export { codecById, codecIds } from './codecs.ts';
export {
  decodedStore,
  encodeStore,
  type OpenOptions,
  type OpenStore,
  openStore,
  type StoreColumns,
  type StoreOptions,
  writeStore,
} from './store-file.ts';
export { storeFormat } from './store-format.ts';
export { type JoinedStore, joinStores, tableStore } from './table-store.ts';
export type {
  LookupOptions,
  Near,
  NearOptions,
  Neighbor,
  OddWord,
  Question,
  Similarity,
  UnknownWord,
  Word,
  WordStore,
} from './types.ts';
export type { LikeWord } from './unknown-words.ts';
