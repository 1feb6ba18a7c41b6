export {
  type AskOptions,
  type At,
  adapterById,
  adapterIds,
  type BuildOptions,
  type ForeignAnswer,
  type GivenRows,
  lancedb,
  type OpenRows,
  type PeerLoader,
  pgvector,
  type SearchAdapter,
  usearch,
} from '../../adapters/search/index.ts';
export {
  type FreeOptions,
  type FreeResult,
  freeEmbeddings,
  type LimitOptions,
  limitDataset,
  mostFreeDocuments,
} from '../limit/index.ts';
export { evaluateSearch } from '../verbs/evaluate-search.ts';
export {
  type Answer,
  buildIndex,
  type IndexFile,
  indexById,
  indexIds,
  openIndex,
  type QueryOptions,
  queryIndex,
  writeIndex,
} from '../verbs/search.ts';
