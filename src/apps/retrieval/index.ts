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
